-- The log of moves, and of what was said about those that wait (`notice`), which is no move
-- and comes from nowhere.  A change of state that is not a row of the law cannot commit.  What
-- writes a move is a trigger of the intent itself: that the intent exists is not asked again.
-- In partitions by number, which goes with time and is all that its key is: docs/SCALE.md.
CREATE TABLE outbox.event (
    seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intent_id   bigint NOT NULL,
    source      text,
    target      text   NOT NULL,
    role        text   NOT NULL,
    version     int    NOT NULL,
    digest      text   NOT NULL,
    traceparent text,
    notice      text,
    at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT only_legal_moves
        FOREIGN KEY (source, target, role) REFERENCES outbox.move (source, target, role),
    CONSTRAINT an_event_is_a_move_or_a_notice
        CHECK (num_nonnulls(source, notice) = 1)
) PARTITION BY RANGE (seq);
