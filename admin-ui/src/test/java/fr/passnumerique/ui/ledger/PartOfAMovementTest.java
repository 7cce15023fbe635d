package fr.passnumerique.ui.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.words.Booked;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.servlet.HandlerMapping;

/** The bank books the money of several at once: each of them is told its own. */
class PartOfAMovementTest {
  private static final LocalDate DAY = LocalDate.parse("2026-04-02");
  private static final ProgrammeId PASS = new ProgrammeId("pass");
  private static final AgreementId CONVENTION = new AgreementId("CONV-16");
  private static final FunderId REGION = new FunderId("region");
  private static final VenueId VENUE = new VenueId("13002526500013");
  private static final Names NAMES =
      new Names(_ -> Optional.empty(), _ -> Optional.empty(), _ -> List.of());

  /** 1 230 € of 9 000 €, the second of three. */
  private static BankEntry second(long cents) {
    return new BankEntry(
        "E1",
        Optional.of("26091"),
        DAY,
        DAY,
        cents,
        Optional.empty(),
        Optional.of(new BankEntry.Part(2, 3, Optional.empty())));
  }

  private static final FundsReceived RECEIVED =
      new FundsReceived(
          new ReceiptId("V-1"),
          CONVENTION,
          PASS,
          REGION,
          1_230_00,
          DAY,
          Optional.empty(),
          Optional.of(second(9_000_00)),
          Optional.of("RF18"));

  private record Recorded(List<Fact> facts) implements LedgerReader {
    @Override
    public long head() {
      return facts.size();
    }

    @Override
    public List<RecordedFact> read(long after, int limit) {
      return IntStream.range((int) after, (int) Math.min(head(), after + limit))
          .mapToObj(i -> new RecordedFact(i + 1L, Instant.EPOCH, facts.get(i)))
          .toList();
    }

    @Override
    public List<LedgerRow> readRows(long after, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RecordedFact recorded(LedgerRow row) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean awaitBeyond(long position, Duration atMost) {
      return head() > position;
    }
  }

  private interface Opened {
    String open(ThingPages pages, ThingPages.Asked asked, ExtendedModelMap model);
  }

  private static Booked shown(Opened page, Fact... facts) {
    ThingPages pages =
        new ThingPages(
            new Recorded(List.of(facts)), null, null, () -> NAMES, List.of(), new French());
    ExtendedModelMap model = new ExtendedModelMap();
    page.open(pages, new ThingPages.Asked(null, null, null, null), model);
    return ((ThingSheet) model.get("sheet"))
        .steps().stream()
            .map(step -> step.told().booked())
            .filter(booked -> booked != null)
            .findFirst()
            .orElseThrow();
  }

  private static Booked ofCall(Actor reader) {
    return shown(
        (pages, asked, model) -> pages.ofAFunder(reader, "appel-1", asked, at(Thing.CALLS), model),
        new FundsCalled(
            new CallId("appel-1"),
            CONVENTION,
            PASS,
            REGION,
            1_230_00,
            FundsCalled.Basis.values()[0],
            DAY,
            DAY,
            "RF18",
            "clerk"),
        RECEIVED);
  }

  /** As Spring asks for a page of this kind. */
  private static MockHttpServletRequest at(String pages) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, pages);
    return request;
  }

  private static Booked ofCreditNote(Actor reader) {
    CreditNoteId note = new CreditNoteId("commande-16~region");
    return shown(
        (pages, asked, model) ->
            pages.ofAFunder(reader, "commande-16~region", asked, at(Thing.CREDIT_NOTES), model),
        new CreditNoteIssued(
            note,
            new OrderId("commande-16"),
            REGION,
            1_230_00,
            DAY,
            List.of(),
            List.of(),
            Optional.empty()),
        new CreditNoteRefunded(
            note,
            REGION,
            1_230_00,
            DAY,
            List.of(),
            Optional.empty(),
            Optional.of(second(-9_000_00)),
            Optional.empty()));
  }

  private static Booked ofDebitNote(Actor reader) {
    DebitNoteId note = new DebitNoteId("note-1");
    return shown(
        (pages, asked, model) ->
            pages.ofAVenue(reader, "note-1", asked, at(Thing.DEBIT_NOTES), model),
        new DebitNoteIssued(note, VENUE, PASS, DAY, "clerk", List.of(), 1_230_00, Optional.empty()),
        new DebitNotePaid(
            note, VENUE, PASS, DAY, "", List.of(), 1_230_00, Optional.of(second(9_000_00))));
  }

  private static Booked ofReceipt(Actor reader) {
    return ReceiptSheet.of(
            new RecordedFact(1, Instant.EPOCH, RECEIVED),
            null,
            RECEIVED.entry(),
            List.of(),
            "",
            "",
            false,
            NAMES,
            reader)
        .booked();
  }

  private static Booked told(long cents, String part) {
    return new Booked("E1", "26091", DAY, DAY, cents, part, false);
  }

  @ParameterizedTest
  @EnumSource(names = {"CLERK", "AUDITOR"})
  void theOperatorAndItsAuditorsAreToldAllOfTheMovement(Role role) {
    Actor reader = new Actor("a", role, "");
    Booked in = told(9_000_00, "partie 2 sur 3");
    assertThat(ofCall(reader)).isEqualTo(in);
    assertThat(ofReceipt(reader)).isEqualTo(in);
    assertThat(ofDebitNote(reader)).isEqualTo(in);
    assertThat(ofCreditNote(reader)).isEqualTo(told(-9_000_00, "partie 2 sur 3"));
  }

  @Test
  void aFunderIsToldItsOwnPartAndNotThatThereAreOthers() {
    Actor region = new Actor("f", Role.FUNDER, "region");
    assertThat(ofCall(region)).isEqualTo(told(1_230_00, ""));
    assertThat(ofReceipt(region)).isEqualTo(told(1_230_00, ""));
    assertThat(ofCreditNote(region)).isEqualTo(told(-1_230_00, ""));
  }

  @Test
  void aVenueIsToldItsOwnPartAndNotThatThereAreOthers() {
    assertThat(ofDebitNote(new Actor("v", Role.VENUE, VENUE.value())))
        .isEqualTo(told(1_230_00, ""));
  }
}
