package fr.passnumerique.projections.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbsentIT {
  private TestDatabase database;
  private TestLedger ledger;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
  }

  @AfterEach
  void end() {
    ledger.close();
    database.close();
  }

  /** The projection takes the fact after the look-up and before it is asked how far it is. */
  @Test
  void whatIsToldWhileItIsLookedUpIsNotDenied() throws Exception {
    long before = ledger.record(Story.untilHandedOut());
    try (Following following =
        Following.directly(database, ledger, RegistersProjections.registers())) {
      following.await("registers", before);
      AtomicInteger asked = new AtomicInteger();

      String found =
          following
              .runners()
              .present(
                  () -> asked.incrementAndGet() == 1 ? Optional.empty() : Optional.of("there"),
                  "prescriber nobody",
                  "registers");

      assertThat(found).isEqualTo("there");
      assertThat(asked).hasValue(2);
      assertThatThrownBy(
              () -> following.runners().require(() -> false, "prescriber nobody", "registers"))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }
  }

  @Test
  void whatIsInNoTableIsAbsentOnlyIfTheTablesHoldTheWholeLedger() throws Exception {
    long before = ledger.record(Story.untilHandedOut());
    ProjectionRunners closed;
    try (Following following =
        Following.directly(database, ledger, RegistersProjections.registers())) {
      following.await("registers", before);
      closed = following.runners();

      Problem absent = closed.absent("prescriber nobody", "registers");

      assertThat(absent.status()).isEqualTo(404);
      assertThat(absent.code()).isEqualTo("NOT_FOUND");
      assertThat(absent.detail()).startsWith("prescriber nobody does not exist; ");
    }

    ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3));
    Problem behind = closed.absent("prescriber nobody", "registers");

    assertThat(behind.status()).isEqualTo(503);
    assertThat(behind.code()).isEqualTo("PROJECTION_BEHIND");
    assertThat(behind.retryAfterSeconds()).isPositive();
    assertThat(behind.detail()).contains("registers", "send the same request again");
  }
}
