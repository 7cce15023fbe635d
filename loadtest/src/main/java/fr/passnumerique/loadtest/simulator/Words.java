package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.distribution.DeliverCheques;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.distribution.HandOutCheques;
import fr.passnumerique.clearing.distribution.HandOutId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.RegisterPrescriber;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.ExpireCheques;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.expiry.RefundCreditNote;
import fr.passnumerique.clearing.expiry.SignExpiry;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AmendAgreement;
import fr.passnumerique.clearing.funding.AmendmentId;
import fr.passnumerique.clearing.funding.DefineProgramme;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeDefined.Renewal;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.funding.RegisterFunder;
import fr.passnumerique.clearing.funding.SignAgreement;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.OrderCheques;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.OpenDay;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.payee.ConfirmPayeeAccount;
import fr.passnumerique.clearing.payee.DropPayeeAccount;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.payee.ProposePayeeAccount;
import fr.passnumerique.clearing.payee.Reopening;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.payee.VenueAccountProposed;
import fr.passnumerique.clearing.redemption.ApproveOpposition;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.OpposeCheques;
import fr.passnumerique.clearing.redemption.OppositionId;
import fr.passnumerique.clearing.redemption.SlipDesk;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipLine;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.WithdrawSlip;
import fr.passnumerique.clearing.settlement.CancelSettlementRun;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.RejectTransfer;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.DecideLabel;
import fr.passnumerique.clearing.venues.ImportVenues;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.LabelVenues;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import fr.passnumerique.loadtest.model.Action;
import fr.passnumerique.loadtest.model.Banking;
import fr.passnumerique.loadtest.model.Refunding;
import fr.passnumerique.loadtest.model.Reversing;
import fr.passnumerique.loadtest.model.Settling;
import fr.passnumerique.loadtest.model.Titling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The model's words in the engine's. */
final class Words {
  private static final String SOURCE = "simulation";

  private final SlipDesk desk;
  private final CheckKeys keys;
  private final Map<Serial, Integer> checks = new HashMap<>();
  private final Vault vault;
  private final Books books;
  private final ReversalWords reversals;
  private final BankWords bank;
  private final RefundWords refunds;

  Words(SlipDesk desk, CheckKeys keys, Vault vault, Books books, ReversalWords reversals) {
    this.reversals = reversals;
    this.books = books;
    bank = new BankWords(books);
    refunds = new RefundWords(vault, books);
    this.desk = desk;
    this.keys = keys;
    this.vault = vault;
  }

  Command<?> command(Action action) {
    return switch (action) {
      case Settling a -> SettlingWords.command(a);
      case Refunding a -> refunds.command(a);
      case Titling a -> TitleWords.command(a);
      case Reversing a -> reversals.command(a);
      case Banking _ -> bank.command(action);
      case Action.OpenDay a -> new OpenDay(a.day());
      case Action.DefineProgramme a -> programme(a);
      case Action.RegisterFunder a ->
          new RegisterFunder(
              new FunderId(a.funder()), a.funder(), FunderRegistered.Kind.DEPARTEMENT);
      case Action.SignAgreement a -> agreement(a);
      case Action.AmendAgreement a -> amendment(a);
      case Action.Receive a ->
          new RecordReceipt(
              new ReceiptId(a.receipt()),
              new AgreementId(a.agreement()),
              new FunderId(a.funder()),
              a.cents(),
              a.valueDate());
      case Action.ImportFile _ -> throw new IllegalArgumentException("a file goes to its desk");
      case Action.MatchEntry _, Action.OffsetEntries _, Action.CloseException _ ->
          bank.command(action);
      case Action.TransferFunds _, Action.CallFunds _, Action.CancelCall _ ->
          FundingWords.command(action);
      case Action.Order a ->
          new OrderCheques(
              new OrderId(a.order()),
              new AgreementId(a.agreement()),
              new Departement(a.departement()),
              a.cheques(),
              a.endsOn());
      case Action.Activate a ->
          new ActivateCheques(
              new ActivationId(a.activation()),
              Batch.of(a.batch()),
              a.first(),
              a.last() == 0 ? OptionalInt.empty() : OptionalInt.of(a.last()));
      case Action.RegisterPrescriber a ->
          new RegisterPrescriber(
              new PrescriberId(a.prescriber()),
              a.prescriber(),
              new Departement("23"),
              Optional.of(a.siret()).filter(siret -> !siret.isEmpty()));
      case Action.Deliver a ->
          new DeliverCheques(
              new DeliveryId(a.delivery()),
              new PrescriberId(a.prescriber()),
              Batch.of(a.batch()),
              a.first(),
              a.last(),
              a.deliveredOn());
      case Action.HandOut a -> handOut(a);
      case Action.ListVenue a -> listing(a);
      case Action.LabelVenue a ->
          new LabelVenues(
              new LabelVenues.These(List.of(new VenueId(a.venue()))), a.from(), a.decision());
      case Action.DecideLabel a -> {
        LabelState state = LabelState.valueOf(a.state());
        yield new DecideLabel(
            a.decision(),
            a.committeeOn(),
            state,
            a.from(),
            state.needsReason()
                ? Optional.of(LabelDecided.Reason.CRITERIA_NOT_MET)
                : Optional.empty(),
            List.of(new DecideLabel.About(new VenueId(a.venue()), List.of(), Optional.empty())));
      }
      case Action.OpenAccount a ->
          new ProposePayeeAccount(
              Payee.of(new VenueId(a.venue())),
              sealed(a.venue(), a.iban()),
              vault.fingerprint(a.iban()),
              Action.CLERK,
              VenueAccountProposed.Proposer.CLERK,
              a.reopening() ? Optional.of(Reopening.BANK_WAS_WRONG) : Optional.empty());
      case Action.ConfirmAccount a ->
          new ConfirmPayeeAccount(
              Payee.of(new VenueId(a.venue())), sealed(a.venue(), a.iban()), a.by());
      case Action.DropAccount a ->
          new DropPayeeAccount(
              Payee.of(new VenueId(a.venue())), sealed(a.venue(), a.iban()), a.by());
      case Action.SubmitSlip a ->
          desk.prepare(
              new VenueId(a.venue()),
              new SlipReference(a.reference()),
              a.lines().stream().map(this::line).toList());
      case Action.OpenRun a ->
          new OpenSettlementRun(
              new SettlementRunId(a.run()),
              new ProgrammeId(a.programme()),
              a.cutOffDay(),
              Action.CLERK);
      case Action.Oppose a ->
          new OpposeCheques(
              new OppositionId(a.opposition()),
              TitleWords.named(a.cheques()),
              ChequesOpposed.Reason.valueOf(a.reason()),
              Action.CLERK,
              Optional.empty());
      case Action.ApproveOpposition a ->
          new ApproveOpposition(new OppositionId(a.opposition()), a.by());
      case Action.ExpireOrder a -> new ExpireCheques(new OrderId(a.order()));
      case Action.SignExpiry a ->
          new SignExpiry(
              new OrderId(a.order()),
              ExpiryStep.valueOf(a.step()),
              Optional.of(a.funder()).filter(name -> !name.isEmpty()).map(FunderId::new),
              a.funder().isEmpty() ? Action.CLERK : a.funder());
      case Action.RefundNote a ->
          new RefundCreditNote(new CreditNoteId(a.order() + "~" + a.owner()), a.bookedOn());
      case Action.WithdrawSlip a -> withdrawal(a);
      case Action.ReleaseRun a -> new ReleaseSettlementRun(new SettlementRunId(a.run()), a.by());
      case Action.CancelRun a ->
          new CancelSettlementRun(new SettlementRunId(a.run()), Action.CLERK);
      case Action.ConfirmTransfer a ->
          new ConfirmTransfer(
              new SettlementRunId(a.run()), transfer(a.run(), a.number()), a.bookedOn());
      case Action.RejectTransfer a ->
          new RejectTransfer(
              new SettlementRunId(a.run()),
              transfer(a.run(), a.number()),
              a.rejectedOn(),
              a.reason());
    };
  }

  private WithdrawSlip withdrawal(Action.WithdrawSlip a) {
    RecordedFact slip = books.slip(a.venue(), a.reference());
    if (slip == null) {
      throw new UnknownSlip();
    }
    return new WithdrawSlip((SlipJudged) slip.fact(), slip.position());
  }

  /** The endpoint finds none, and there is no command to send. */
  static final class UnknownSlip extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static TransferId transfer(String run, int number) {
    return new TransferId(run + "-" + number);
  }

  private static DefineProgramme programme(Action.DefineProgramme a) {
    Action.Rules rules = a.rules();
    return new DefineProgramme(
        new ProgrammeId(a.programme()),
        a.programme(),
        rules.faceValue(),
        rules.perCarnet(),
        rules.validityDays(),
        rules.windowDays(),
        rules.toleranceDays(),
        rules.publics(),
        rules.services(),
        rules.territory().stream().map(Departement::new).toList(),
        rules.perVisit(),
        ConflictOfInterest.valueOf(rules.conflict()),
        rules.carnetsPerPerson() == 0
            ? Optional.empty()
            : Optional.of(new Renewal(rules.carnetsPerPerson(), rules.renewalDays())));
  }

  private static SignAgreement agreement(Action.SignAgreement a) {
    return new SignAgreement(
        new AgreementId(a.agreement()),
        new ProgrammeId(a.programme()),
        a.signedOn(),
        a.startsOn(),
        a.endsOn(),
        a.territory().stream().map(Departement::new).toList(),
        shares(a.key()));
  }

  private static AmendAgreement amendment(Action.AmendAgreement a) {
    return new AmendAgreement(
        new AmendmentId(a.amendment()),
        new AgreementId(a.agreement()),
        a.signedOn(),
        a.inForceFrom(),
        a.startsOn(),
        a.endsOn(),
        a.territory().stream().map(Departement::new).toList(),
        shares(a.key()));
  }

  private static List<AgreementSigned.Share> shares(List<Action.Share> key) {
    return key.stream()
        .map(
            share ->
                new AgreementSigned.Share(
                    new FunderId(share.funder()),
                    share.basisPoints(),
                    share.ceiling(),
                    share.preFinancier().isEmpty()
                        ? AgreementSigned.PaymentTerms.PREPAID
                        : AgreementSigned.PaymentTerms.ON_USE,
                    Optional.of(share.preFinancier())
                        .filter(funder -> !funder.isEmpty())
                        .map(FunderId::new)))
        .toList();
  }

  private HandOutCheques handOut(Action.HandOut a) {
    return new HandOutCheques(
        new HandOutId(a.handOut()),
        new PrescriberId(a.prescriber()),
        TitleWords.choices(a.cheques()),
        a.handedOutOn(),
        a.publicCode(),
        Optional.of(a.person())
            .filter(person -> !person.isEmpty())
            .map(person -> vault.seal(person, "beneficiary", Map.of())));
  }

  private static ImportVenues listing(Action.ListVenue a) {
    List<PointOfService> points =
        a.points().stream()
            .map(
                point ->
                    new PointOfService(
                        new PointOfServiceId(point.id()),
                        "Lieu",
                        "",
                        "00000",
                        "Commune",
                        "00000",
                        new Departement(point.departement()),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        List.of()))
            .toList();
    return new ImportVenues(
        SOURCE,
        "digest",
        List.of(
            new ImportVenues.Listing(
                new VenueId(a.venue()),
                VenueListed.IdentifiedBy.SIRET,
                ImportVenues.Holder.LEGAL_PERSON,
                List.of(),
                points,
                Optional.empty())),
        Optional.empty());
  }

  /** The same entry however often it is sealed. */
  private VaultReference sealed(String venue, String iban) {
    return vault.seal(
        venue, "account", Map.of(VenueAccountOpened.IBAN, iban, VenueAccountOpened.HOLDER, venue));
  }

  ChequeCode code(int batch, int ordinal, boolean genuine) {
    Serial serial = new Serial(Batch.of(batch), ordinal);
    // Asked of every cheque after every step.
    int check = checks.computeIfAbsent(serial, one -> keys.check(one, keys.currentKeyName()));
    return new ChequeCode(serial, genuine ? check : check ^ 1);
  }

  private SlipLine line(Action.Line line) {
    return new SlipLine(
        code(line.batch(), line.ordinal(), line.genuine()),
        line.servedOn(),
        line.service(),
        new PointOfServiceId(line.point()));
  }
}
