CREATE INDEX document_by_what_it_is_about ON outbox.document (about) WHERE kind <> 'approval';
