package io.github.proxmoxdiscovery.client;

import java.sql.SQLException;
import java.util.Set;

/** What a database means with the state of an error, as the SQL standard and PostgreSQL have it. */
public enum SqlState {

    /** It would refuse the same again: a value, or what a constraint or a trigger says of it. */
    REJECTED,
    /** Nothing can be written until somebody mends login, rights, table or statement. */
    REFUSED,
    /** It may go well the next time: no connection, no room, somebody else was in the way. */
    LATER;

    /** Of values: data exceptions, integrity constraints, {@code WITH CHECK OPTION}, and what a trigger raises. */
    private static final Set<String> OF_VALUES = Set.of("22", "23", "44", "P0");

    /** Of login, rights, names, syntax, and what the database does not know to do. */
    private static final Set<String> OF_THE_OPERATOR = Set.of("0A", "0L", "0P", "28", "3D", "3F", "42");

    private static final int CLASS = 2;

    /** Which of these an error is. */
    public static SqlState of(SQLException thrown) {
        String state = thrown.getSQLState();
        if (state == null || state.length() < CLASS) {
            return LATER;
        }
        String kind = state.substring(0, CLASS);
        if (OF_VALUES.contains(kind)) {
            return REJECTED;
        }
        return OF_THE_OPERATOR.contains(kind) ? REFUSED : LATER;
    }

    /** The first line of what the database said, and the state; further lines may show the whole row. */
    public static String words(SQLException thrown) {
        String message = thrown.getMessage() == null ? "" : thrown.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        return thrown.getSQLState() == null ? line : line + " (" + thrown.getSQLState() + ")";
    }
}
