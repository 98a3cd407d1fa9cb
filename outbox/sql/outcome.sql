-- Whether a sender has written down what became of it under this fence.
SELECT EXISTS (SELECT FROM outbox.receipt
                WHERE intent_id = %(id)s AND fence = %(fence)s
                  AND role = 'sender' AND kind <> 'permit')
