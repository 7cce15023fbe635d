package fr.passnumerique.clearing.notices;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.FactType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whom each type of fact concerns is said here once more, from what it means: a type that is new is
 * in none of these, until somebody has said whom it concerns.
 */
class WhomAFactConcernsTest {
  private static final Map<String, String> TOLD =
      table(
          """
          SlipJudged: VENUE SLIP_WITH_REFUSED_LINES
          TransferConfirmed: VENUE PAID
          TransferExecuted: VENUE PAID
          TransferExecutionTakenBack: VENUE PAYMENT_TAKEN_BACK
          TransferDebitTakenBack: VENUE PAYMENT_TAKEN_BACK
          TransferRejected: CLERK TRANSFER_REJECTED, VENUE TRANSFER_REJECTED
          TransferReturned: CLERK TRANSFER_RETURNED, VENUE RETURNED_ACCOUNT_CLOSED
          TransferReinstated: CLERK TRANSFER_REINSTATED
          ReversalProposed: CLERK REVERSAL_TO_CONFIRM, VENUE REVERSAL_BEGUN
          ReversalDropped: VENUE REVERSAL_DROPPED
          LinesReversed: VENUE LINES_REVERSED
          ReversalContested: CLERK REVERSAL_CONTESTED
          ReversalUpheld: VENUE REVERSAL_UPHELD
          ReversalLifted: VENUE REVERSAL_LIFTED
          DebitNoteIssued: VENUE DEBIT_NOTE_ISSUED
          VenueLabelled: VENUE LABEL_GRANTED
          LabelDecided: VENUE LABEL_SUSPENDED
          VenueAccountOpened: VENUE ACCOUNT_CONFIRMED
          FunderAccountOpened: FUNDER ACCOUNT_CONFIRMED
          FundsCalled: FUNDER FUNDS_CALLED
          FundsCallCancelled: FUNDER CALL_CANCELLED
          FundsReceived: FUNDER FUNDS_RECEIVED
          ReceiptTakenBack: FUNDER RECEIPT_TAKEN_BACK
          CreditNoteIssued: FUNDER CREDIT_NOTE_ISSUED
          CreditGivenBack: FUNDER CREDIT_NOTE_ISSUED
          GiveBackCancelled: FUNDER CREDIT_NOTE_CANCELLED
          CreditNoteRefunded: FUNDER CREDIT_NOTE_REFUNDED
          RefundTakenBack: FUNDER REFUND_TAKEN_BACK
          RefundRejected: CLERK REFUND_REJECTED, FUNDER REFUND_REJECTED
          RefundReinstated: CLERK REFUND_REINSTATED
          RefundReturned: CLERK REFUND_RETURNED, FUNDER REFUND_RETURNED
          ChequesDelivered: PRESCRIBER CHEQUES_DELIVERED
          SettlementRunOpened: CLERK RUN_TO_RELEASE
          RefundsOrdered: CLERK REFUNDS_TO_RELEASE
          OppositionProposed: CLERK OPPOSITION_TO_APPROVE
          VenueAccountProposed: CLERK VENUE_ACCOUNT_TO_CONFIRM
          FunderAccountProposed: CLERK FUNDER_ACCOUNT_TO_CONFIRM
          VenueIdentificationProposed: CLERK IDENTIFICATION_TO_CONFIRM
          BankFileRefused: CLERK BANK_FILE_REFUSED
          FactSetAside: AUDITOR FACT_SET_ASIDE
          SettingAsideLifted: AUDITOR SETTING_ASIDE_LIFTED
          RebuildDifferencesAccepted: AUDITOR DIFFERENCES_ACCEPTED
          """);

  /** By what came before, which {@link NoticeRegisterTest} brings about. */
  private static final Set<String> BY_WHAT_CAME_BEFORE =
      words(
          """
          ChequesActivated ChequesOpposed ChequesExpired ExpiryAnnounced
          """);

  private static final Set<String> NOBODY =
      words(
          """
          DayOpened ProgrammeDefined FunderRegistered PrescriberRegistered AgreementSigned
          AgreementAmended FundsTransferred PaymentReferenceAssigned
          ChequesIssued ChequesHandedOut StockReturned HandOutCorrected ChequesReplaced
          VenueListed VenueIdentified VenueIdentificationDropped VatRegimeSet VenueWaived
          VenueWaiverEnded VenueAccountProposalDropped FunderAccountProposalDropped
          SlipWithdrawn ExpirySigned
          SettlementCalendarSet SettlementRunContinued SettlementRunReleased SettlementRunCancelled
          CreditTransferFileDownloaded TransferDebited DebitNotePaid DebitNotePaymentTakenBack
          RefundsReleased RefundsCancelled RefundFileDownloaded RefundExecuted
          RefundExecutionTakenBack
          BankStatementImported BankEntryUnmatched BankEntryProved BankStatusDisputed
          BankEntryMatched BankEntriesOffset BankEntryTakenOut BankExceptionClosed
          SettingAsideProposed SettingAsideLiftingProposed
          RebuildDifferencesProposed
          """);

  @Test
  void itIsSaidOfEachTypeWhomItConcerns() {
    Set<String> said = new HashSet<>(TOLD.keySet());
    said.addAll(BY_WHAT_CAME_BEFORE);
    said.addAll(NOBODY);

    assertThat(said).hasSize(TOLD.size() + BY_WHAT_CAME_BEFORE.size() + NOBODY.size());
    assertThat(FactSamples.types().map(FactType::name)).containsExactlyInAnyOrderElementsOf(said);
  }

  @Test
  void eachTypeIsToldToThoseWhomItConcernsAndToNobodyElse() {
    Map<String, String> told = new TreeMap<>();
    for (FactType type : FactSamples.types().toList()) {
      NoticeWorld world = new NoticeWorld();
      world.fold(type.name());
      Set<String> notices = new TreeSet<>();
      for (Reader reader : world.register.readers()) {
        assertThat(world.register.of(reader)).as("once to %s of %s", reader, type).hasSize(1);
        world.register.of(reader).forEach(each -> notices.add(reader.role() + " " + each.kind()));
      }
      if (!notices.isEmpty()) {
        told.put(type.name(), String.join(", ", notices));
      }
    }

    assertThat(told).isEqualTo(TOLD);
  }

  private static Map<String, String> table(String text) {
    return text.lines()
        .map(line -> line.split(": ", 2))
        .collect(Collectors.toMap(line -> line[0], line -> line[1], (a, _) -> a, TreeMap::new));
  }

  private static Set<String> words(String text) {
    return Stream.of(text.split("\\s+")).collect(Collectors.toSet());
  }
}
