package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.print.DeliveryNote.Part;
import fr.passnumerique.ui.print.ToldFacts.Recorded;
import fr.passnumerique.ui.words.French;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryNoteTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 12);

  @Test
  void wholeCarnetsAreOneLine() {
    DeliveryNote note = note(11, 30);

    assertThat(note.parts())
        .containsExactly(new Part("Carnets 2 à 3", "00001-000B", "00001-000Y", 2, 20, 14_000));
    assertThat(note.carnets()).isEqualTo(2);
    assertThat(note.cheques()).isEqualTo(20);
    assertThat(note.cents()).isEqualTo(14_000);
  }

  @Test
  void whatIsLeftOfOtherCarnetsStandsBeforeAndBehind() {
    assertThat(note(8, 23).parts())
        .containsExactly(
            new Part("Du carnet 1", "00001-0008", "00001-000A", 0, 3, 2_100),
            new Part("Carnet 2", "00001-000B", "00001-000M", 1, 10, 7_000),
            new Part("Du carnet 3", "00001-000N", "00001-000Q", 0, 3, 2_100));
  }

  @Test
  void piecesAloneAreNoCarnet() {
    assertThat(note(12, 15).parts()).extracting(Part::what).containsExactly("Du carnet 2");
    assertThat(note(18, 23).parts()).extracting(Part::what).containsExactly("Des carnets 2 à 3");
  }

  @Test
  void theLastCarnetOfAnOrderIsWholeThoughItIsShorter() {
    assertThat(note(31, 35).parts())
        .containsExactly(new Part("Carnet 4", "00001-000Z", "00001-0013", 1, 5, 3_500));
  }

  private static DeliveryNote note(int first, int last) {
    return DeliveryNote.of(
        new Recorded<>(
            new ChequesDelivered(
                new DeliveryId("L-1"),
                new PrescriberId("ccas"),
                new ChequeRange(Batch.of(1), first, last),
                DAY,
                List.of()),
            12,
            Instant.parse("2026-03-12T09:30:00Z")),
        issued(),
        "CCAS",
        "Pass",
        new French());
  }

  private static ChequesIssued issued() {
    return new ChequesIssued(
        new OrderId("O-1"),
        new AgreementId("A-1"),
        new ProgrammeId("P-1"),
        1,
        Batch.of(1),
        35,
        700,
        10,
        180,
        60,
        LocalDate.of(2026, 12, 31),
        30,
        List.of(),
        List.of(),
        List.of(),
        0,
        ConflictOfInterest.FLAG,
        new Departement("23"),
        0,
        "tijdeman",
        1,
        "check-1",
        DAY,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
