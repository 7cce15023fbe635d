package fr.passnumerique.ui.matching;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.BankEndpoint;
import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.BankReading.UnmatchedEntry;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.ShownDeed;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
  private static final String SHARE = "SHARE:conv-16:region:appel-4";
  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
  private static final UnmatchedEntry ENTRY =
      new UnmatchedEntry(
          "E9C22",
          Optional.empty(),
          DAY,
          DAY,
          -30_00,
          Why.UNKNOWN_DEBIT,
          Optional.empty(),
          7,
          "",
          "",
          "");

  /** A choice, and whatever else was entered, as pairs. */
  private static Entries entered(String what, String... others) {
    List<Field> fields =
        MatchingDeeds.fieldsOfAMatch(
            true,
            Stream.concat(
                    Stream.of(SHARE, "RECEIPT:versement-1"),
                    Stream.of(Explanation.Kind.values()).map(Enum::name))
                .map(value -> new Field.Choice(value, value))
                .toList(),
            List.of(new Field.Choice("SHARE:conv-17:region", "Région")));
    Map<String, String> typed = new HashMap<>(Map.of("what", what));
    for (int i = 0; i < others.length; i += 2) {
      typed.put(others[i], others[i + 1]);
    }
    Entries entries = ShownDeed.sent(fields, typed);
    assertThat(entries.faulty()).isFalse();
    return entries;
  }

  private static Map<String, String> faults(String what, String... others) {
    return Explanation.faults(entered(what, others));
  }

  @ParameterizedTest
  @ValueSource(strings = {"commande-1~anct", "commande-1~anct~2", "rendu-1~~anct"})
  void everyNameOfACreditNoteCanBeGiven(String note) {
    Entries entries = entered("CREDIT_NOTE", "named", note);
    assertThat(Explanation.faults(entries)).isEmpty();
    BankEndpoint.Match match =
        Explanation.read(entries.text("what"), entries.given("named")).of(ENTRY, entries);
    assertThat(match.creditNote()).isEqualTo(note);
  }

  @ParameterizedTest
  @CsvSource({
    "CREDIT_NOTE, commande-1",
    "TRANSFER, commande-1~anct",
    "RECEIPT, versement nº",
    "RECEIPT, 'versement-1, versement-2'",
    "DEBIT_NOTE, 'titre-1 titre-2'",
    "RUN, ''",
    "RECEIPT:versement-1, versement-2"
  })
  void aNameThatCannotBeOneOfTheKindChosenIsAFaultOfItsField(String what, String named) {
    assertThat(faults(what, "named", named)).containsOnlyKeys("named");
  }

  @Test
  void severalReceiptsAreGivenTogether() {
    assertThat(faults("RECEIPTS", "named", "versement-1, versement-2")).isEmpty();
  }

  @Test
  void anotherPartIsOfAFundersMoneyAloneAndWholeOrNot() {
    assertThat(faults(SHARE, "otherShare", "SHARE:conv-17:region", "otherCents", "12,00"))
        .isEmpty();
    assertThat(faults(SHARE, "otherShare", "SHARE:conv-17:region")).containsOnlyKeys("otherCents");
    assertThat(faults(SHARE, "otherCents", "12,00")).containsOnlyKeys("otherShare");
    assertThat(
            faults(
                "RECEIPT:versement-1", "otherShare", "SHARE:conv-17:region", "otherCents", "12,00"))
        .containsOnlyKeys("otherShare", "otherCents");
  }

  @Test
  void whatChargesAreForIsNothingWithoutTheirAmount() {
    assertThat(faults("TRANSFER", "named", "vir-1", "charges.reason", "RETURN_FEE"))
        .containsOnlyKeys("charges.cents");
  }

  @ParameterizedTest
  @CsvSource({
    "amountCents, false, otherCents",
    "charges, true, charges.cents",
    "charges.cents, true, charges.cents",
    "charges.reason, true, charges.reason",
    "creditNote, true, named",
    "receipts, true, named",
    "receipt, false, what",
    "parts, false, what",
    "entryId, false, what"
  })
  void aRefusalFindsTheFieldOfTheForm(String field, boolean named, String here) {
    assertThat(MatchingDeeds.here(field, named)).isEqualTo(here);
  }
}
