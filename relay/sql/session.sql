-- What the server does if this relay hangs: it ends the session, and so gives the shards
-- back.  The second column is how transactions here see each other.
SELECT set_config('idle_in_transaction_session_timeout', %(fence)s, false),
       current_setting('transaction_isolation')
