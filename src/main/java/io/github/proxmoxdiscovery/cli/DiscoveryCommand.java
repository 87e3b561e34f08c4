package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import io.github.proxmoxdiscovery.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The program without a command is {@code run}. */
@Command(
        name = "proxmox-discovery",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tells other systems which hosts exist on Proxmox VE: one message for every network interface of"
                + " every guest, to files, Kafka, HTTP or anything else that Apache Camel can reach.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            RunCommand.class,
            OnceCommand.class,
            DemoCommand.class,
            ValidateCommand.class,
            CheckCommand.class,
            StatusCommand.class,
            ResyncCommand.class,
            ConfirmRemovalsCommand.class,
            AcceptClusterCommand.class,
            AddCommand.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done, and complete",
            "  1  an unexpected error",
            "  2  the command line or the configuration is wrong",
            "  3  incomplete: a node, a guest or one of several clusters could not be read",
            "  4  no cluster could be read",
            "  5  a sink did not take everything in time",
            "",
            "Try it without a Proxmox: proxmox-discovery demo"
        })
final class DiscoveryCommand implements Callable<Integer> {

    @Mixin
    private Options options = new Options();

    private final Map<String, String> environment;
    private final Redactor redactor;

    DiscoveryCommand(Map<String, String> environment, Redactor redactor) {
        this.environment = environment;
        this.redactor = redactor;
    }

    Map<String, String> environment() {
        return environment;
    }

    Redactor redactor() {
        return redactor;
    }

    @Override
    public Integer call() throws Exception {
        return RunCommand.run(this, options);
    }

    /** The configuration that the options name, with its secrets kept out of the logs. */
    Configuration configuration(Options with) throws UsageException {
        Configuration configuration = Configuration.load(with.config(), with.routes(), with.defines(), environment);
        redactor.addAll(configuration.settings().secrets());
        return configuration;
    }

    /** The settings that the options name. */
    Settings settings(Options with) throws UsageException {
        return configuration(with).settings();
    }

    /** The ledger that the program with these settings writes, while it does, too. */
    static Ledger ledger(Settings settings) throws LedgerException {
        return Ledger.openExisting(settings.discovery().data(), Clock.systemUTC());
    }

    /** The application for the configuration that the options name. */
    DiscoveryApplication application(Options with, Mode mode) throws UsageException {
        Configuration configuration = configuration(with);
        try {
            return new DiscoveryApplication(configuration.settings(), configuration.routes(), mode, redactor::add);
        } catch (IllegalArgumentException e) {
            // A library that a sink needs is not there, or does not like what is set for it.
            throw new UsageException(List.of(String.valueOf(e.getMessage())));
        }
    }
}
