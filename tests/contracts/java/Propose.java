import java.nio.charset.StandardCharsets;
import java.sql.*;

/** Proposes in plain SQL, over JDBC, and prints what it is told: one line for each mail. */
class Propose {
    public static void main(String[] said) throws SQLException {
        try (Connection connection = DriverManager.getConnection(said[0], said[1], said[2])) {
            connection.setAutoCommit(false);
            for (int i = 3; i < said.length; i += 2) {
                System.out.println(proposed(connection, said[i], said[i + 1]));
            }
        }
    }

    static String proposed(Connection connection, String key, String mail) throws SQLException {
        try {
            long id = submitted(connection, key, mail);
            connection.commit();
            return standing(connection, id);
        } catch (SQLException refused) {
            connection.rollback();
            String constraint = refused instanceof org.postgresql.util.PSQLException named
                    ? named.getServerErrorMessage().getConstraint() : null;
            return refused.getSQLState() + " " + constraint;
        }
    }

    static long submitted(Connection connection, String key, String mail) throws SQLException {
        String sql = "SELECT id, version, digest FROM outbox.submit("
                + "key => ?, producer => ?, channel => ?, content => ?)";
        try (PreparedStatement asked = connection.prepareStatement(sql)) {
            asked.setString(1, key);
            asked.setString(2, "billing");
            asked.setString(3, "email");
            asked.setBytes(4, mail.getBytes(StandardCharsets.UTF_8));
            try (ResultSet told = asked.executeQuery()) {
                told.next();
                return told.getLong("id");
            }
        }
    }

    static String standing(Connection connection, long id) throws SQLException {
        String sql = "SELECT state, said FROM outbox.standing(?)";
        try (PreparedStatement asked = connection.prepareStatement(sql)) {
            asked.setLong(1, id);
            try (ResultSet told = asked.executeQuery()) {
                told.next();
                return told.getString("state") + " " + told.getString("said");
            }
        }
    }
}
