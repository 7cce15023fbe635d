package fr.passnumerique.ui.expiry;

import static fr.passnumerique.ui.expiry.OrdersEnd.CLERK;
import static fr.passnumerique.ui.expiry.OrdersEnd.ENDS_ON;
import static fr.passnumerique.ui.expiry.OrdersEnd.REGION;
import static fr.passnumerique.ui.expiry.OrdersEnd.STATEMENT_ON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.expiry.OrderExpiry;
import fr.passnumerique.ui.table.AskedTable;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingSheetTest {
  @Test
  void aFunderReadsItsOwnCentsBesideThoseOfAll() {
    assertThat(sheet(REGION).situation())
        .containsExactly(new EndingSheet.State("Périmés", 100, 1_000_00, 400_00L));
    assertThat(sheet(CLERK).situation())
        .containsExactly(new EndingSheet.State("Périmés", 100, 1_000_00, null));
  }

  @Test
  void aStepThatLapsedWaitsForNobodyAndOneThatIsOpenIsOffered() {
    EndingSheet sheet =
        sheet(
            REGION,
            new OrderExpiry.Step(
                ExpiryStep.APPROVAL, "region", ENDS_ON.minusDays(15), false, true, false),
            new OrderExpiry.Step(
                ExpiryStep.STATEMENT, "operator", STATEMENT_ON, false, false, false),
            new OrderExpiry.Step(ExpiryStep.STATEMENT, "region", STATEMENT_ON, false, false, true));

    assertThat(sheet.steps())
        .extracting(EndingSheet.Step::party, step -> step.state().words())
        .containsExactly(
            tuple("region", "Sans objet"),
            tuple("l’opérateur", "En attente"),
            tuple("region", "En attente"));
    assertThat(sheet.acts())
        .containsExactly(
            new EndingSheet.Act(
                "Signer l’état contradictoire", "/peremptions/O-1/etat-contradictoire"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-31, Fin annoncée",
    "2026-09-01, En tolérance",
    "2026-09-30, En tolérance",
    "2026-10-01, À périmer"
  })
  void afterTheToleranceAnOrderWaitsForItsExpiry(LocalDate today, String words) {
    EndingsBoard board =
        EndingsBoard.of(
            List.of(
                new ExpiryEndpoint.Ending(
                    "O-1", "creuse-2026", ENDS_ON, ENDS_ON.plusDays(30), true, false)),
            today,
            AskedTable.AS_IT_COMES);
    assertThat(board.table().rows().getFirst().stage().words()).isEqualTo(words);
  }

  private static EndingSheet sheet(Actor reader, OrderExpiry.Step... steps) {
    return EndingSheet.of(OrdersEnd.told(0, List.of(), steps), reader, STATEMENT_ON, id -> id);
  }
}
