CREATE INDEX document_by_digest ON outbox.document (digest);
