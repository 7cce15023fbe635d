package fr.passnumerique.ui.frame;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.ProblemBody;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.ui.words.French;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ExplainedTest {
  private final Explained explained = new Explained(new French());

  @Test
  void aMomentIsToldInParisAndWithWhatToWriteIntoTheAddress() {
    Instant asked = Instant.parse("2030-01-01T00:00:00Z");
    Instant last = Instant.parse("2026-12-31T22:59:59.000250Z");

    assertThat(lines(UntoldMomentException.mayStillCome(asked, last)))
        .contains("jusqu’au 01/01/2030 à 01:00:00.")
        .contains(
            "Demandez le 31/12/2026 à 23:59:59,000250 (asOf=2026-12-31T22:59:59.000250Z) ou"
                + " avant.");
    assertThat(lines(UntoldMomentException.beforeTheFirst(last, asked)))
        .contains("Rien n’était enregistré le 31/12/2026 à 23:59:59,000250.")
        .contains("Demandez le 01/01/2030 à 01:00:00 (asOf=2030-01-01T00:00:00Z) ou après");
  }

  @Test
  void aDayIsToldAsOneReadsIt() {
    LocalDate day = LocalDate.of(1990, 1, 2);
    UntoldMomentException early =
        new UntoldMomentException(
            UntoldMomentException.Why.AS_OF_TOO_EARLY,
            "businessDate",
            day.toString(),
            "nothing happened",
            "ask for 2026-03-01 or after, or for asOfPosition 0");

    assertThat(lines(early))
        .contains("ne s’était produit le 02/01/1990.")
        .contains("Demandez le 01/03/2026 ou après");
  }

  @Test
  void aDayThatCannotBeShownIsAskedForAnewWhereAPageKnowsDays() {
    assertThat(explained.day(refused("AS_OF_TOO_LATE", "businessDate"))).isEqualTo("2030-01-01");
    assertThat(explained.day(refused("AS_OF_TOO_LATE", "asOf"))).isNull();
    assertThat(explained.day(refused("UNKNOWN_PARAMETER", "businessDate"))).isNull();
    assertThat(explained.day(null)).isNull();
  }

  private static ProblemBody refused(String code, String field) {
    List<Problem.Fault> faults =
        List.of(Problem.Fault.of(field, "2030-01-01", "is not over", "ask for a day before"));
    return new ProblemBody("", "", 422, "", code, faults, null);
  }

  @Test
  void aStoppedLedgerIsNotToBeAskedAgain() {
    Problem stopped =
        new Problem(
            503,
            "LEDGER_STOPPED",
            "the ledger is stopped on this node at position 2131",
            "verify it");

    assertThat(lines(stopped))
        .contains("à la position 2131", "n’y change rien", "prévenez l’opérateur");
  }

  /** As the page of the refusal has them. */
  private String lines(UntoldMomentException untold) {
    Problem refused =
        Assertions.catchThrowableOfType(
            Problem.class,
            () ->
                new WhichMoment(1L, null, null)
                    .ask(
                        0,
                        moment -> {
                          throw untold;
                        }));
    return lines(refused);
  }

  private String lines(Problem problem) {
    ProblemBody body =
        new ProblemBody(
            "", "", problem.status(), problem.detail(), problem.code(), problem.faults(), null);
    return String.join(" ", explained.of(body).lines());
  }
}
