package io.github.proxmoxdiscovery.client;

import io.github.proxmoxdiscovery.settings.Secret;
import io.github.proxmoxdiscovery.settings.SqlSettings;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of the sink sql: a new connection for each batch, with the password of that moment. So none is stale
 * after the database was restarted, and a password that was changed needs no restart of ours.
 */
public final class DatabaseLogin {

    private final SqlSettings settings;
    private final Duration timeout;
    private final Consumer<String> secretSeen;

    /**
     * @param timeout how long a connection may take, and each answer
     * @param secretSeen is told the password, each time that it is read
     */
    public DatabaseLogin(SqlSettings settings, Duration timeout, Consumer<String> secretSeen) {
        this.settings = settings;
        this.timeout = timeout;
        this.secretSeen = secretSeen;
    }

    /**
     * Logs in.
     *
     * @throws SQLException when that is not possible, or there is no driver for the address
     */
    public Connection connect() throws SQLException {
        Properties login = new Properties();
        settings.username().ifPresent(name -> login.setProperty("user", name));
        settings.password().map(Secret::read).ifPresent(password -> {
            secretSeen.accept(password);
            login.setProperty("password", password);
        });
        DriverManager.setLoginTimeout(Math.toIntExact(timeout.toSeconds()));
        Connection connection = DriverManager.getConnection(settings.url(), login);
        // A database that hangs must not hold the sink for ever.
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
        return connection;
    }

    /** The same for Camel, which asks a data source for connections, and for nothing else. */
    public DataSource dataSource() {
        Class<?>[] types = {DataSource.class};
        return (DataSource) Proxy.newProxyInstance(DatabaseLogin.class.getClassLoader(), types, new OnlyConnections());
    }

    private final class OnlyConnections implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws SQLException {
            return switch (method.getName()) {
                case "getConnection" -> connect();
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> settings.url();
                case "isWrapperFor" -> false;
                default -> throw new SQLFeatureNotSupportedException(method.getName());
            };
        }
    }
}
