CREATE INDEX second_look_lately ON outbox.second_look (at);
