package fr.passnumerique.ui.expiry;

import static fr.passnumerique.ui.expiry.OrdersEnd.CLERK;
import static fr.passnumerique.ui.expiry.OrdersEnd.REGION;
import static fr.passnumerique.ui.expiry.OrdersEnd.STATEMENT_ON;
import static fr.passnumerique.ui.expiry.OrdersEnd.note;
import static fr.passnumerique.ui.expiry.OrdersEnd.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.OrderExpiry;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.words.French;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementToSignTest {
  private final French french = new French();

  @Test
  void aFunderReadsTheChequesOfAllAndItsOwnRefundAndNoSumThatIsNotItsOwn() {
    OrderExpiry read =
        OrdersEnd.told(
            0,
            List.of(note("region", 400_00, false)),
            statement("operator", false),
            statement("region", false));

    assertThat(ask(read, REGION).lines())
        .extracting(Effect.Line::label, Effect.Line::words)
        .containsExactly(
            tuple(
                "Jamais distribués, tous financeurs",
                french.counted(0, "chèque", "chèques") + ", " + french.money(0)),
            tuple(
                "Distribués, pas utilisés, tous financeurs",
                french.counted(100, "chèque", "chèques") + ", " + french.money(1_000_00)),
            tuple("À vous restituer", french.money(400_00)));
  }

  @Test
  void whatIsDueBackOfEachLineMakesTheWholeThatTheNotesComeTo() {
    OrderExpiry read =
        OrdersEnd.told(
            50_00,
            List.of(note("anct", 630_00, false), note("region", 420_00, false)),
            statement("operator", false));

    assertThat(ask(read, CLERK).lines())
        .extracting(Effect.Line::label, Effect.Line::words)
        .contains(
            tuple("Opposés ou renoncés", french.money(50_00) + " à restituer"),
            tuple("À restituer en tout", french.money(1_050_00)));
  }

  @Test
  void anExpiryTellsWhatIsDueBackOfOpposedChequesToo() {
    FundedCents opposed = cents(50_00);
    ChequesExpired.Part part =
        new ChequesExpired.Part(
            ChequesExpired.Where.HANDED_OUT,
            Optional.empty(),
            20,
            20,
            List.of(cents(200_00)),
            List.of(cents(200_00)));
    ChequesExpired expired =
        new ChequesExpired(
            new OrderId("O-1"),
            Batch.of(7),
            new AgreementId("creuse-2026"),
            OrdersEnd.ENDS_ON.plusDays(30),
            List.of(part),
            List.of(opposed));

    assertThat(EndingDeeds.expiring(expired, french).lines())
        .extracting(Effect.Line::label, Effect.Line::words)
        .containsExactly(
            tuple("Ne seront plus acceptés", french.counted(20, "chèque", "chèques")),
            tuple("À restituer aux financeurs", french.money(250_00)),
            tuple("Dont opposés ou renoncés", french.money(50_00)));
  }

  @Test
  void whoSignsLastIsToldThatNothingIsDueWhereNothingIs() {
    assertThat(
            ask(
                    OrdersEnd.told(
                        0, List.of(), statement("operator", true), statement("region", false)),
                    REGION)
                .afterwards())
        .isEqualTo("Rien n’est à restituer : aucun avoir n’est émis.");
  }

  @Test
  void whoSignsFirstIsToldWhoSignsNextAndWhetherANoteIsToCome() {
    assertThat(
            ask(
                    OrdersEnd.told(
                        0,
                        List.of(note("region", 400_00, false)),
                        statement("operator", false),
                        statement("region", false)),
                    REGION)
                .afterwards())
        .isEqualTo(
            "L’opérateur signe à son tour ; un avoir est émis quand ses deux parties ont signé.");
    assertThat(
            ask(
                    OrdersEnd.told(
                        0,
                        List.of(),
                        statement("operator", false),
                        statement("anct", false),
                        statement("region", false)),
                    CLERK)
                .afterwards())
        .isEqualTo("anct, region signent à leur tour ; aucun avoir ne reste à émettre.");
  }

  @Test
  void aNoteHidesNobodyWhoStillHasToSign() {
    OrderExpiry read =
        OrdersEnd.told(
            0,
            List.of(note("anct", 600_00, false), note("region", 400_00, false)),
            statement("operator", false),
            statement("anct", true),
            statement("region", false));

    assertThat(ask(read, CLERK, issued("anct", 600_00)).afterwards())
        .isEqualTo(
            "L’avoir est à rembourser par un ordre qu’un agent établit et qu’un autre libère."
                + " region signe à son tour ; un avoir est émis quand ses deux parties ont"
                + " signé.");
    assertThat(
            ask(
                    OrdersEnd.told(
                        0,
                        List.of(note("region", 400_00, false)),
                        statement("operator", true),
                        statement("region", false)),
                    REGION,
                    issued("region", 400_00))
                .afterwards())
        .isEqualTo(
            "L’avoir est à rembourser par un ordre qu’un agent établit et qu’un autre libère.");
  }

  private Effect ask(OrderExpiry read, Actor signer, CreditNoteIssued... notes) {
    return new StatementToSign(read, signer, List.of(notes), id -> id, french).effect();
  }

  private static CreditNoteIssued issued(String funder, long cents) {
    OrderId order = new OrderId("O-1");
    return new CreditNoteIssued(
        new CreditNoteId(order + "~" + funder),
        order,
        new FunderId(funder),
        cents,
        STATEMENT_ON,
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static FundedCents cents(long cents) {
    return new FundedCents(
        new ProgrammeId("pass-23"),
        new AgreementId("creuse-2026"),
        1,
        Departement.of("23"),
        new FunderId("anct"),
        cents,
        Optional.empty());
  }
}
