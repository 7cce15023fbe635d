package fr.passnumerique.ui.prescriber;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.HeldCarnets;
import fr.passnumerique.clearing.distribution.HeldCarnets.Carnets;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.words.French;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandOutFormTest {
  private static final HandOutForm FORM =
      HandOutForm.of(
          new HeldCarnets.Stock(
              "ccas",
              24,
              2,
              List.of(
                  row("commande-1", 7, false, 1, 20),
                  row("remplacement-1", 8, true, 1, 3),
                  row("remplacement-2", 9, true, 2, 2)),
              Optional.empty()),
          List.of());

  @Test
  void aReplacementStandsInTheFieldByItsCheques() {
    assertThat(FORM.replacement("remplacement-1")).isEqualTo("00008-0001 à 00008-0003");
    assertThat(FORM.replacement("remplacement-2")).isEqualTo("00009-0002");
    // Handed out meanwhile, or another's.
    assertThat(FORM.replacement("remplacement-3")).isEmpty();
    assertThat(FORM.replacement("commande-1")).as("no replacement").isEmpty();
  }

  @Test
  void whoHandsOutAReplacementIsToldWhoseItIs() {
    assertThat(FORM.replacesLost(List.of(new ChequeRange(Batch.of(9), 2, 2)))).isTrue();
    assertThat(FORM.replacesLost(List.of(new ChequeRange(Batch.of(7), 1, 10)))).isFalse();
  }

  /** Eleven cheques for whoever wanted ten or one. */
  @Test
  void aNumberOfCarnetsAndNamedChequesAreNotHandedOutTogether() {
    assertThat(together(Map.of("carnets", "1", "cheques", "00007-0010")))
        .hasEntrySatisfying("carnets", fault -> assertThat(fault).contains("videz un des deux"));
    assertThat(together(Map.of("carnets", "1"))).isEmpty();
    assertThat(together(Map.of("cheques", "00007-0010"))).isEmpty();
    assertThat(together(Map.of())).containsOnlyKeys("carnets");
  }

  private static Map<String, String> together(Map<String, String> typed) {
    return HandOutForm.together(ShownDeed.sent(FORM.fields(new French()), typed));
  }

  private static HeldCarnets.Row row(
      String order, int batch, boolean replacement, int first, int last) {
    LocalDate day = LocalDate.of(2026, 12, 31);
    int cheques = last - first + 1;
    return new HeldCarnets.Row(
        Batch.of(batch).toString(),
        order,
        "pass",
        replacement,
        replacement ? Optional.empty() : Optional.of(new Carnets(1, cheques / 10)),
        new Serial(Batch.of(batch), first),
        new Serial(Batch.of(batch), last),
        cheques,
        cheques * 1_000L,
        day,
        day);
  }
}
