-- Ask for the leave to cross the point of no return; see the function for its conditions.
SELECT outbox.permit(%(id)s, %(fence)s, %(worker)s, %(enough)s,
                     %(environment)s, %(nonce)s)
