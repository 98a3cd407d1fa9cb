-- What these intents say, for comparing; of what is larger than 200 kB, nothing.
SELECT intent.id,
       CASE WHEN octet_length(content) <= 200000 THEN convert_from(content, 'UTF8') END
           AS content
  FROM outbox.intent JOIN outbox.artifact
    ON artifact.intent_id = intent.id AND artifact.version = intent.version
 WHERE intent.id = ANY (%(ids)s)
