package io.github.proxmoxdiscovery.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import net.logstash.logback.composite.loggingevent.ThrowableClassNameJsonProvider;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.Logger;

/**
 * A JSON object a line on stderr, by Logback. The levels are those of {@code simplelogger.properties}, and stand in the
 * same system properties, so that they are the same in both forms. What happens on behalf of a cluster, a node, a guest
 * or a sink has these as fields, from the context of its thread.
 */
public final class JsonLog extends ContextAwareBase implements Configurator {

    private static final String PREFIX = "org.slf4j.simpleLogger.";
    private static final String OF_LOGGER = PREFIX + "log.";
    private static final String DEFAULT_LEVEL = PREFIX + "defaultLogLevel";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Properties levels = levels();
        context.getLogger(Logger.ROOT_LOGGER_NAME)
                .setLevel(Level.toLevel(levels.getProperty(DEFAULT_LEVEL), Level.WARN));
        levels.stringPropertyNames().stream()
                .filter(key -> key.startsWith(OF_LOGGER))
                .forEach(key -> context.getLogger(key.substring(OF_LOGGER.length()))
                        .setLevel(Level.toLevel(levels.getProperty(key), Level.INFO)));
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stderr(context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Properties levels() {
        Properties levels = new Properties();
        try (InputStream file = JsonLog.class.getResourceAsStream("/simplelogger.properties")) {
            if (file != null) {
                levels.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties system = System.getProperties();
        system.stringPropertyNames().stream()
                .filter(key -> key.startsWith(PREFIX))
                .forEach(key -> levels.setProperty(key, system.getProperty(key)));
        return levels;
    }

    private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder(context));
        stderr.start();
        return stderr;
    }

    private static LogstashEncoder encoder(LoggerContext context) {
        LogstashFieldNames names = new LogstashFieldNames();
        names.setTimestamp("ts");
        names.setLogger("logger");
        names.setThread("thread");
        names.setStackTrace("stack");
        names.setVersion("[ignore]");
        names.setLevelValue("[ignore]");
        ThrowableClassNameJsonProvider error = new ThrowableClassNameJsonProvider();
        error.setFieldName("error");
        error.setUseSimpleClassName(false);
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(context);
        // Those that happen to be on the class path have nothing to say here.
        encoder.setFindAndRegisterJacksonModules(false);
        encoder.setFieldNames(names);
        encoder.setTimeZone("UTC");
        encoder.setTimestampPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX");
        encoder.addProvider(error);
        encoder.start();
        return encoder;
    }
}
