package io.github.proxmoxdiscovery.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.faults.crash.Recorder.Answer;
import io.github.proxmoxdiscovery.sim.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or that may not be written. */
class DiskFaultsTest {

    @TempDir
    private Path folder;

    private Trial trial() throws IOException {
        return Trial.in(folder, "http,file").with("discovery.delivery-timeout", "1s");
    }

    @Test
    void whatDoesNotFitIntoTheFileIsThereWhenThereIsRoom() throws Exception {
        try (Tmpfs disk = Tmpfs.at(folder.resolve("out"), "1m");
                Trial trial = trial()) {
            assertThat(trial.once().exitCode()).isZero();
            trial.world().change(20);
            disk.fill();
            Program.Result full = trial.once();
            assertThat(full.exitCode()).as(full.err()).isEqualTo(5);
            assertThat(full.err()).contains("No space left");
            disk.free();
            trial.heal();
            trial.httpHasTheTruth();
            trial.fileHasTheTruth();
        }
    }

    @Test
    void whatMayNotBeWrittenIsThereWhenItMay() throws Exception {
        try (Tmpfs disk = Tmpfs.at(folder.resolve("out"), "1m");
                Trial trial = trial()) {
            assertThat(trial.once().exitCode()).isZero();
            trial.world().change(20);
            disk.readOnly(true);
            assertThat(trial.once().exitCode()).isEqualTo(5);
            disk.readOnly(false);
            trial.heal();
            trial.fileHasTheTruth();
        }
    }

    @Test
    void aFileInPlaceOfTheFolderIsSaid() throws Exception {
        Path out = Files.writeString(folder.resolve("out"), "not a folder");
        try (Trial trial = trial()) {
            Program.Result result = trial.once();
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(result.err()).contains("sink file fails: ");
            Files.delete(out);
            trial.heal();
            trial.httpHasTheTruth();
            trial.fileHasTheTruth();
        }
    }

    @Test
    void whatCannotBeWrittenDownIsNotDeliveredButFoundAgain() throws Exception {
        try (Tmpfs disk = Tmpfs.at(folder.resolve("data"), "1m");
                Trial trial = trial()) {
            assertThat(trial.once().exitCode()).isZero();
            trial.world().change(20);
            int told = trial.http().requests();
            trial.world().cluster().fault("/cluster/resources", Fault.changedBefore(disk::fill), 1);
            Program.Result full = trial.once();
            assertThat(full.exitCode()).as(full.err()).isEqualTo(5);
            assertThat(full.err()).contains("could not be written down", "the next run");
            assertThat(trial.http().requests()).isEqualTo(told);
            disk.free();
            trial.heal();
            trial.httpHasTheTruth();
            trial.fileHasTheTruth();
        }
    }

    @Test
    void whatASinkTookAndCannotBeWrittenDownItGetsOnceMore() throws Exception {
        try (Tmpfs disk = Tmpfs.at(folder.resolve("data"), "1m");
                Trial trial = trial()) {
            trial.http().manner((number, body) -> {
                if (number == 2) {
                    disk.fill();
                }
                return Answer.TAKEN;
            });
            assertThat(trial.once().exitCode()).isEqualTo(5);
            disk.free();
            trial.heal();
            trial.httpHasTheTruth();
            trial.fileHasTheTruth();
        }
    }

    @Test
    void doesNotStartWhereNothingCanBeWrittenDown() throws Exception {
        try (Tmpfs disk = Tmpfs.at(folder.resolve("data"), "1m");
                Trial trial = trial()) {
            disk.readOnly(true);
            Program.Result result = trial.once();
            assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
            assertThat(result.err()).contains("error: ", "discovery.data").doesNotContain("\tat ");
            disk.readOnly(false);
            trial.heal();
            trial.httpHasTheTruth();
        }
    }
}
