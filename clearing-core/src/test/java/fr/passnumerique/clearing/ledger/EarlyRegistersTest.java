package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.snapshot.SnapshotFile.Stand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

class EarlyRegistersTest {
  @TempDir private Path home;

  /** What a bean finds that is made before the registers are asked for. */
  record First(boolean registersAreThere) {}

  @Configuration(proxyBeanMethods = false)
  static class Capabilities {
    @Bean
    First first(BeanFactory beans) {
      return new First(((DefaultListableBeanFactory) beans).containsSingleton("slips"));
    }

    @Bean
    static Slips slips() {
      return new Slips();
    }
  }

  private AnnotationConfigApplicationContext started(boolean snapshots) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.register(Capabilities.class);
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test",
                Map.of(
                    "pass.data-directory",
                    home.toString(),
                    "pass.registers.snapshots",
                    Boolean.toString(snapshots))));
    context.registerBean(
        EarlyRegisters.class,
        () -> Ledger.earlyRegisters(Slips.CATALOGUE, context.getEnvironment()));
    context.refresh();
    return context;
  }

  @Test
  void registersAreMadeFirstAndTheirSnapshotIsRead() throws Exception {
    write();
    try (AnnotationConfigApplicationContext context = started(true)) {
      assertThat(context.getBean(First.class).registersAreThere()).isTrue();
      EarlyRegisters early = context.getBean(EarlyRegisters.class);
      Slips slips = context.getBean(Slips.class);
      assertThat(early.registers()).startsWith(slips).hasSize(2);
      assertThat(early.with(List.of(slips))).startsWith(slips).hasSize(2);

      awaitTheThreadThatReads();
      Files.delete(home.resolve("registers/snapshot"));
      assertThat(early.files().orElseThrow().read().orElseThrow().found().stand().position())
          .as("read already, though nobody has asked for it")
          .isEqualTo(7);
    }
  }

  private static void awaitTheThreadThatReads() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("register-snapshot")) {
        thread.join();
      }
    }
  }

  private void write() throws SQLException {
    RegisterSnapshots before =
        new RegisterSnapshots(
            new RegistersOnFile(
                home.resolve("registers"), List.of(new Slips(), new Days()), Slips.CATALOGUE),
            new SimpleMeterRegistry());
    before.read(_ -> Optional.empty());
    before.write(taking -> taking.take(new Stand(7, new byte[] {1}, Instant.EPOCH)), _ -> true);
  }

  @Test
  void withoutSnapshotsNoneIsRead() {
    try (AnnotationConfigApplicationContext context = started(false)) {
      EarlyRegisters early = context.getBean(EarlyRegisters.class);
      assertThat(early.files()).isEmpty();
      assertThat(early.registers()).hasSize(2);
      assertThat(home).isEmptyDirectory();
    }
  }
}
