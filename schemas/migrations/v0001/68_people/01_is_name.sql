-- Whether this may be the name of a person: what is looked at is what is there.
CREATE FUNCTION outbox.is_name(name text) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN name = btrim(name) AND name IS NFC NORMALIZED AND name !~ '[[:cntrl:]]'
   AND length(name) BETWEEN 1 AND 200;
