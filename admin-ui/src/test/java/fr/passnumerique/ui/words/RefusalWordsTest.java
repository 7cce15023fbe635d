package fr.passnumerique.ui.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.TableFault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalWordsTest {
  @Test
  void aDayIsToldAsOneWritesIt() {
    assertThat(
            lines(
                refused(
                    "HANDED_OUT_IN_FUTURE",
                    "handedOutOn",
                    "2026-03-01",
                    "a hand-out is recorded once it is made, handedOutOn is 2026-03-01")))
        .startsWith(
            "Une remise s’enregistre une fois faite, et le jour donné n’est pas encore venu : 1er"
                + " mars 2026.");
  }

  @Test
  void anAmountIsToldInEuros() {
    assertThat(lines(refused("CREDIT_TOO_LOW", "amountCents", "123450", "0.00 € can leave")))
        .contains("il est demandé 1\u00A0234,50\u00A0€.");
  }

  @Test
  void aValueThatTheWordsDoNotNameIsToldBesideThem() {
    assertThat(lines(refused("SECOND_PERSON_REQUIRED", "runId", "reglement-12", "made by you")))
        .contains("Règlement : reglement-12.");
  }

  @Test
  void aPartIsLeftOutWithItsValue() {
    assertThat(lines(refused("UNKNOWN_ORDER", "order", "", "order is not issued")))
        .startsWith("Aucune commande n’est émise sous le nom donné. ");
  }

  @Test
  void whatTheRefusalIsAboutIsNamedAndTheRestOfItsSentenceIsNot() {
    Fault fault =
        Fault.of(
            "lines",
            "",
            "line 3 of slip B-7 is netted by run reglement-12, and cheque 0002K-00F7 is paid; name"
                + " transfer T-9",
            "name transfer T-9");
    assertThat(lines(new Problem(409, "LINE_BEING_NETTED", "…", List.of(fault))))
        .contains("Concerne : ligne 3, bordereau B-7, règlement reglement-12, chèque 0002K-00F7.")
        .doesNotContain("T-9", "netted");
  }

  @Test
  void nounsWithoutAnIdentifierNameNothing() {
    assertThat(
            NamedThings.in(
                Fault.of("", "", "a run that is open, an agreement takes orders", "wait")))
        .isEmpty();
  }

  @Test
  void howLongToWaitIsTold() {
    assertThat(lines(Problem.tooMany("TOO_MANY_FALSE_CODES", "too many", Duration.ofMinutes(5))))
        .contains("vérifiez de nouveau dans 5 minutes.");
    assertThat(RefusalWords.duration(1)).isEqualTo("une seconde");
    assertThat(RefusalWords.duration(119)).isEqualTo("119 secondes");
    assertThat(RefusalWords.duration(121)).isEqualTo("3 minutes");
  }

  @Test
  void placesOfAFileAreListedAndTheirNumberIsBounded() {
    List<Fault> faults =
        IntStream.rangeClosed(1, 14)
            .mapToObj(line -> new Fault(line, "servedOn", "demain", "no day", "give a day"))
            .toList();
    assertThat(RefusalWords.of(Problem.badRequest("INVALID_SLIP", "14 faults", faults)).lines())
        .hasSize(1 + 12 + 1 + 1)
        .contains("À la ligne 12 du fichier, colonne « Date du service » : demain.", "Et 2 autres.")
        .doesNotContain("À la ligne 13 du fichier, colonne « Date du service » : demain.");
  }

  @Test
  void aColumnOfAListOfPlacesIsToldWithWhatItShouldHold() {
    assertThat(
            lines(
                Problem.badRequest(
                    "INVALID_VENUE_LIST",
                    "1 fault(s)",
                    List.of(new Fault(3, "date_maj", "hier", "no date", "correct it")))))
        .contains("À la ligne 3 du fichier, colonne « date_maj » : hier. Attendu : une date comme");
    assertThat(
            lines(
                Problem.badRequest(
                    "INVALID_VENUE_LIST",
                    "1 fault(s)",
                    List.of(
                        new Fault(
                            1, "code_insee", "", "missing", "add it", TableFault.COLUMN_MISSING)))))
        .contains("À la ligne 1 du fichier : la colonne « code_insee » manque ; ajoutez-la.");
  }

  @Test
  void aCodeWithoutWordsIsRefusedInFrenchAllTheSame() {
    Trouble trouble = RefusalWords.of(refused("BRAND_NEW", "", "", "nobody has translated this"));
    assertThat(trouble.title()).isEqualTo("Demande refusée");
    assertThat(String.join(" ", trouble.lines()))
        .contains("recommencez", "Code : BRAND_NEW.")
        .doesNotContain("nobody", "translated");
  }

  @Test
  void aFileThatGivesWordsTwiceIsNotRead() {
    assertThatThrownBy(() -> WordFile.read("twice")).hasMessageContaining("CODE.titre twice");
  }

  private static Problem refused(String code, String field, String value, String message) {
    return new Problem(
        422, code, message, List.of(Fault.of(field, value, message, "do something else")));
  }

  private static String lines(Problem problem) {
    return String.join(" ", RefusalWords.of(problem).lines());
  }
}
