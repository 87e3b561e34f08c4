package io.github.proxmoxdiscovery.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** The main class. */
public final class ProxmoxDiscovery {

    private ProxmoxDiscovery() {}

    public static void main(String[] arguments) {
        Logging.begin();
        Redactor redactor = Redactor.install();
        System.exit(commandLine(System.getenv(), redactor).execute(arguments));
    }

    /** The command line, ready to be executed. */
    static CommandLine commandLine(Map<String, String> environment, Redactor redactor) {
        DiscoveryCommand program = new DiscoveryCommand(environment, redactor);
        CommandLine line = new CommandLine(program, new Factory(program));
        line.setExecutionExceptionHandler(new Errors());
        line.setUsageHelpWidth(100);
        return line;
    }

    private record Factory(DiscoveryCommand program) implements IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Object command : new Object[] {
                new RunCommand(program),
                new OnceCommand(program),
                new DemoCommand(program),
                new ValidateCommand(program),
                new CheckCommand(program),
                new StatusCommand(program),
                new ResyncCommand(program),
                new ConfirmRemovalsCommand(program),
                new AcceptClusterCommand(program),
                new AddCommand()
            }) {
                if (type.isInstance(command)) {
                    return type.cast(command);
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
