package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir private Path directory;

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=test", "-c", "user.email=test@example"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    assertThat(builder.start().waitFor()).isZero();
  }

  private void commit(String file) throws IOException, InterruptedException {
    Files.createDirectories(directory.resolve(file).getParent());
    Files.writeString(directory.resolve(file), "before");
    git("init");
    git("add", ".");
    git("-c", "core.hooksPath=none", "commit", "-m", "one");
  }

  @Test
  void aReportNamesTheCommitOfTheWorkTreeThatItWasMadeIn() throws Exception {
    commit("loadtest/pom.xml");

    assertThat(Machine.commit(directory.resolve("loadtest"))).matches("[0-9a-f]{7,}");
  }

  @Test
  void aReportSaysThatTheWorkTreeWasChanged() throws Exception {
    commit("loadtest/pom.xml");
    Files.writeString(directory.resolve("loadtest/pom.xml"), "after");

    assertThat(Machine.commit(directory)).matches("[0-9a-f]{7,}-dirty");
  }

  @Test
  void anotherProjectsCommitIsNotTakenForOurs() throws Exception {
    commit("other/pom.xml");

    assertThat(Machine.commit(directory)).isEqualTo("unknown");
  }

  @Test
  void whoeverUsesTheProcessorsIsCountedAndWhoeverWaitsIsNot() {
    assertThat(Machine.busyNanos("cpu  100 20 30 4000 500 6 7 8 90 9"))
        .isEqualTo((100 + 20 + 30 + 6 + 7 + 8) * 10_000_000L);
  }

  @Test
  void whatOthersUsedInARoundIsTheMachinesBusyTimeButForOurs() {
    Cost cost = new Cost(300, 200, 100, 0, 0, 1_000);
    assertThat(cost.othersNanos()).isEqualTo(400);
    assertThat(new Cost(300, 200, 100, 0, 0, 500).othersNanos()).as("as it is rounded").isZero();

    Surroundings before = new Surroundings(LocalDate.EPOCH, Map.of(), false, Map.of());
    assertThat(before.usedByOthers(0.11, 0.1).busy()).isTrue();
    assertThat(before.usedByOthers(0.09, 0.1).busy()).isFalse();
    assertThat(before.usedByOthers(0.11, 0.1).machine().values()).containsExactly("11 %");
    assertThat(before.lasted(Duration.ofSeconds(61)).machine().values())
        .containsExactly("2 minutes");
  }

  @Test
  void outsideOfAWorkTreeTheCommitIsUnknown() {
    assertThat(Machine.commit(directory)).isEqualTo("unknown");
  }
}
