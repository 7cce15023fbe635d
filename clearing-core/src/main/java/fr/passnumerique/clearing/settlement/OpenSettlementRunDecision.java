package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.payee.AccountsInForce;
import fr.passnumerique.clearing.payee.OpenedAccount;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.CarriedOver;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.InDoubt;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.PaidSlip;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Opens a settlement run: one transfer for each IBAN that is owed something. The answer is the
 * whole run, or of a run that is known the first of its facts.
 *
 * <p>Its boundary: this run and every other of the programme, which would take the same lines; all
 * accounts, since an account opened or closed changes who is paid where, and a rejected transfer,
 * which closes one, also brings lines back. Slips are not within it: a run waits for a fact
 * recorded at its cut-off or later (the day's own, at the latest), and from then on none can be
 * recorded before it. The clock alone would not do: a slip that was decided before midnight may
 * still be on its way. A slip's withdrawal counts as a run of its programmes: the run pays it or it
 * is withdrawn. And the reversals that it nets, which their venues may contest; and all that the
 * bank says, which may have paid lines already: they are left out, and the others paid.
 */
final class OpenSettlementRunDecision implements Decider<OpenSettlementRun, SettlementRunOpened> {
  static final ZoneId PARIS = Paris.ZONE;

  private final SettlementRegister register;
  private final DoubtfulTransfers doubtful;

  OpenSettlementRunDecision(SettlementRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.doubtful = doubtful;
  }

  @Override
  public Class<OpenSettlementRun> command() {
    return OpenSettlementRun.class;
  }

  @Override
  public Decision<SettlementRunOpened> decide(OpenSettlementRun command, Instant receivedAt) {
    if (!register.isKnown(command.programme())) {
      return refuse(
          SettlementRefusal.UNKNOWN_PROGRAMME,
          "programme",
          "programme %s is not defined".formatted(command.programme()),
          "name a programme that is");
    }
    Run known = register.run(command.run());
    Instant cutOff = command.cutOffDay().atStartOfDay(PARIS).toInstant();
    if (known != null) {
      return new Decision.Known<>(known.position(), recorded -> reply(command, cutOff, recorded));
    }
    if (cutOff.isAfter(receivedAt)) {
      return refuse(
          SettlementRefusal.CUT_OFF_IN_FUTURE,
          "cutOffDay",
          "the cut-off is midnight at the start of %s in Paris, which is not yet past"
              .formatted(command.cutOffDay()),
          "name today or an earlier day");
    }
    Optional<SettlementCalendarSet> calendar =
        register.calendars().inForce(command.programme(), command.cutOffDay());
    if (!command.isExceptional()
        && calendar.filter(set -> !set.calendar().allows(command.cutOffDay())).isPresent()) {
      return refuse(
          SettlementRefusal.CUT_OFF_NOT_SCHEDULED,
          "cutOffDay",
          "programme %s settles %s, and %s (%s) is none of these days"
              .formatted(
                  command.programme(),
                  calendar.get().calendar().inEnglish(),
                  command.cutOffDay(),
                  command.cutOffDay().getDayOfWeek()),
          "name one of them, or open an exceptional run and say why");
    }
    if (register.recordedUpTo().isBefore(cutOff)) {
      return refuse(
          SettlementRefusal.CUT_OFF_NOT_RECORDED,
          "cutOffDay",
          "the ledger has recorded nothing since midnight at the start of %s in Paris"
              .formatted(command.cutOffDay()),
          "send it again in a second, when the day has begun in the ledger");
    }
    if (register.transfer(BankText.idOf(command.run(), 1)) != null) {
      // Two identifiers that look alike to a bank, one of them shortened for it.
      return refuse(
          SettlementRefusal.RUN_ID_TAKEN,
          "run",
          "the bank knows another run by the identifier %s".formatted(BankText.idOf(command.run())),
          "open the run under another identifier");
    }
    return pay(command, cutOff, receivedAt);
  }

  private static Decision.Reply<SettlementRunOpened> reply(
      OpenSettlementRun command, Instant cutOff, Fact recorded) {
    SettlementRunOpened opened = (SettlementRunOpened) recorded;
    if (opened.programme().equals(command.programme())
        && opened.cutOff().equals(cutOff)
        && opened.occasion().equals(command.occasion())) {
      return new Decision.Reply.Same<>(opened);
    }
    return new Decision.Reply.Different<>(
        refusal(
            SettlementRefusal.RUN_ID_TAKEN,
            "run",
            "run %s is of programme %s with its cut-off at the start of %s%s"
                .formatted(
                    opened.run(),
                    opened.programme(),
                    LocalDate.ofInstant(opened.cutOff(), PARIS),
                    opened.occasion().map(why -> ", opened for " + why).orElse("")),
            "open a new run under a new identifier"));
  }

  private Decision<SettlementRunOpened> pay(
      OpenSettlementRun command, Instant cutOff, Instant receivedAt) {
    // By venue, so that the same past gives the same transfers in the same order.
    Map<VenueId, List<Unpaid>> owed = new TreeMap<>(Comparator.comparing(VenueId::value));
    LinesInDoubt doubts = new LinesInDoubt(register, command.programme(), doubtful.doubts());
    for (Unpaid lines : register.unpaid(command.programme())) {
      if (lines.recordedAt().isBefore(cutOff) && !doubts.holdBack(lines)) {
        owed.computeIfAbsent(lines.venue(), _ -> new ArrayList<>()).add(lines);
      }
    }
    List<Netting> nettings = new ArrayList<>();
    owed.replaceAll((venue, lines) -> net(command.programme(), venue, lines, nettings));
    Map<String, Payment> payments = new LinkedHashMap<>();
    List<VenueId> unpayable = new ArrayList<>();
    owed.forEach(
        (venue, lines) -> {
          if (lines.isEmpty()) {
            return;
          }
          OpenedAccount account = register.accountInForce(venue);
          if (account == null) {
            unpayable.add(venue);
          } else {
            payments
                .computeIfAbsent(account.fingerprint(), _ -> new Payment(account.account()))
                .lines()
                .addAll(lines);
          }
        });
    List<CarriedOver> carried =
        command.isExceptional() ? List.of() : carryOver(command, receivedAt, payments.values());
    if (payments.isEmpty() && nettings.isEmpty()) {
      return nothingToPay(command, unpayable, carried, doubts.heldBack());
    }
    List<SettlementRunOpened.Transfer> transfers = new ArrayList<>(payments.size());
    Map<VenueId, TransferId> paidBy = new HashMap<>();
    for (Payment payment : payments.values()) {
      TransferId id = BankText.idOf(command.run(), transfers.size() + 1);
      transfers.add(payment.transfer(id));
      payment.lines().forEach(slip -> paidBy.put(slip.venue(), id));
    }
    nettings.replaceAll(
        netting -> netting.within(Optional.ofNullable(paidBy.get(netting.venue()))));
    SettlementRunOpened opened =
        new SettlementRunOpened(
            command.run(),
            command.programme(),
            cutOff,
            TargetCalendar.next(LocalDate.ofInstant(receivedAt, PARIS)),
            List.copyOf(transfers),
            List.copyOf(unpayable),
            Optional.of(command.by()),
            Optional.empty(),
            carried,
            List.copyOf(nettings),
            command.occasion(),
            doubts.heldBack());
    Set<String> looked =
        new HashSet<>(
            Set.of(
                "run:" + command.run(),
                "runs:" + command.programme(),
                SettlementCalendarSet.tag(command.programme()),
                DoubtfulTransfers.TAG));
    looked.addAll(AccountsInForce.TAGS);
    looked.addAll(reversals(register, nettings));
    // A transfer that takes place meanwhile makes claims of its lines that were reversed on their
    // way.
    paidBy.keySet().forEach(venue -> looked.add("reversals:" + venue));
    return new Decision.Accept<>(inPieces(opened), Boundary.of(looked), opened);
  }

  /**
   * Takes out what is too little for a transfer of its own, and waits for the next run: but not
   * where it cannot wait, because its oldest line would be late when the next run is executed.
   */
  private List<CarriedOver> carryOver(
      OpenSettlementRun command, Instant receivedAt, Collection<Payment> payments) {
    long minimum =
        register
            .calendars()
            .inForce(command.programme(), command.cutOffDay())
            .map(SettlementCalendarSet::minimumCents)
            .orElse(0L);
    Optional<LocalDate> next =
        register.calendars().next(command.programme(), Paris.dayOf(receivedAt));
    if (minimum == 0 || next.isEmpty()) {
      return List.of();
    }
    LocalDate paidNext = TargetCalendar.next(next.get());
    Map<VenueId, Long> carried = new TreeMap<>(Comparator.comparing(VenueId::value));
    payments.removeIf(
        payment -> {
          boolean waits =
              payment.cents() < minimum
                  && payment.lines().stream()
                      .noneMatch(line -> PaymentTarget.isLate(line.presentedOn(), paidNext));
          if (waits) {
            payment
                .lines()
                .forEach(line -> carried.merge(line.venue(), line.cents(), Math::addExact));
          }
          return waits;
        });
    return carried.entrySet().stream()
        .map(each -> new CarriedOver(each.getKey(), each.getValue()))
        .toList();
  }

  /**
   * Sets reversed lines that the venue owes back against lines that it is owed: one against one,
   * the oldest of each first, for cheques of one programme have one face value.
   *
   * @return what is left to pay
   */
  private List<Unpaid> net(
      ProgrammeId programme, VenueId venue, List<Unpaid> owed, List<Netting> nettings) {
    List<Claim> claims = register.nettable(programme, venue);
    if (claims.isEmpty()) {
      return owed;
    }
    Set<Serial> netted = new LinkedHashSet<>();
    SumOfParts paid = new SumOfParts();
    SumOfParts recovered = new SumOfParts();
    List<PaidSlip> slips = new ArrayList<>();
    List<Unpaid> left = new ArrayList<>();
    for (Unpaid slip : owed) {
      Set<Serial> ofSlip = new LinkedHashSet<>();
      for (int i = 0; i < slip.lines().size() && netted.size() < claims.size(); i++) {
        List<SpentCents> parts = register.parts(slip.lines().cheque(i), slip.lines().spentIn(i));
        if (cents(parts) != claims.get(netted.size()).cents()) {
          break;
        }
        recovered.plus(claims.get(netted.size()).parts());
        paid.plus(parts);
        netted.add(slip.lines().cheque(i));
        ofSlip.add(slip.lines().cheque(i));
      }
      Unpaid piece = register.piece(slip, ofSlip);
      if (piece.cents() > 0) {
        slips.add(new PaidSlip(venue, slip.reference(), slip.position(), piece.cents()));
      }
      if (piece.cents() < slip.cents()) {
        left.add(slip.minus(piece));
      }
    }
    if (!netted.isEmpty()) {
      nettings.add(
          new Netting(
              venue,
              Optional.empty(),
              List.copyOf(slips),
              List.copyOf(netted),
              paid.parts(),
              claims.subList(0, netted.size()).stream().map(Claim::cheque).toList(),
              recovered.parts()));
    }
    return left;
  }

  /** Tags of the reversals that are netted: their venues may be contesting them just now. */
  static Set<String> reversals(SettlementRegister register, List<Netting> nettings) {
    Set<String> tags = new HashSet<>();
    for (Netting netting : nettings) {
      for (Serial cheque : netting.claims()) {
        Claim claim = register.claim(cheque);
        if (claim != null) {
          tags.add("reversal:" + claim.reversal());
        }
      }
    }
    return tags;
  }

  private static long cents(List<SpentCents> parts) {
    return parts.stream().mapToLong(SpentCents::cents).sum();
  }

  /** The run as it is recorded: its beginning, and what goes on from it. */
  private static List<Fact> inPieces(SettlementRunOpened run) {
    List<List<SettlementRunOpened.Transfer>> pieces =
        Pieces.of(
            run.transfers(), transfer -> 1 + transfer.slips().size() + transfer.parts().size());
    List<Fact> facts = new ArrayList<>();
    facts.add(
        run.with(
            pieces.getFirst(),
            pieces.size() == 1 ? Optional.empty() : Optional.of(pieces.size() - 1)));
    for (List<SettlementRunOpened.Transfer> piece : pieces.subList(1, pieces.size())) {
      facts.add(
          new SettlementRunContinued(
              run.run(), run.programme(), facts.size(), run.executionOn(), piece));
    }
    return facts;
  }

  private Decision<SettlementRunOpened> nothingToPay(
      OpenSettlementRun command,
      List<VenueId> unpayable,
      List<CarriedOver> carried,
      List<InDoubt> inDoubt) {
    if (!carried.isEmpty()) {
      return refuse(
          SettlementRefusal.NOTHING_TO_PAY,
          "cutOffDay",
          "what the %d venues such as %s are owed for programme %s is below its minimum"
              .formatted(carried.size(), carried.getFirst().venue(), command.programme()),
          "wait for the next cut-off, which takes it, or open an exceptional run and say why");
    }
    Optional<VenueId> proposed = unpayable.stream().filter(register::isProposed).findFirst();
    if (proposed.isPresent()) {
      return refuse(
          SettlementRefusal.NOTHING_TO_PAY,
          "cutOffDay",
          "the %d venues that are owed for programme %s have no account in force; the one proposed of %s awaits a second person"
              .formatted(unpayable.size(), command.programme(), proposed.get()),
          "have a second person confirm it (confirmVenueAccount), or drop it and propose another"
              + " (dropVenueAccount)");
    }
    if (unpayable.isEmpty() && !inDoubt.isEmpty()) {
      DoubtfulTransfers.Doubt doubt = LinesInDoubt.doubt(inDoubt.getFirst());
      return refuse(
          SettlementRefusal.NOTHING_TO_PAY,
          "cutOffDay",
          "what is owed for programme %s may be paid already, such as what venue %s is owed: %s"
              .formatted(command.programme(), inDoubt.getFirst().venue(), doubt.because()),
          doubt.remedy());
    }
    return unpayable.isEmpty()
        ? refuse(
            SettlementRefusal.NOTHING_TO_PAY,
            "cutOffDay",
            "no line of programme %s recorded before %s is unpaid"
                .formatted(command.programme(), command.cutOffDay()),
            "name a later cut-off, or wait for slips")
        : refuse(
            SettlementRefusal.NOTHING_TO_PAY,
            "cutOffDay",
            "the %d venues that are owed for programme %s have no account in force, such as %s"
                .formatted(unpayable.size(), command.programme(), unpayable.getFirst()),
            "open their accounts first");
  }

  private static Decision<SettlementRunOpened> refuse(
      SettlementRefusal code, String field, String message, String remedy) {
    return Decision.refuse(refusal(code, field, message, remedy));
  }

  static Refusal refusal(SettlementRefusal code, String field, String message, String remedy) {
    return Refusal.of(code, field, message + "; " + remedy, remedy);
  }

  /** What goes to one IBAN. */
  private record Payment(VaultReference account, List<Unpaid> lines) {
    Payment(VaultReference account) {
      this(account, new ArrayList<>());
    }

    long cents() {
      return lines.stream().mapToLong(Unpaid::cents).sum();
    }

    SettlementRunOpened.Transfer transfer(TransferId id) {
      List<PaidSlip> slips = new ArrayList<>(lines.size());
      Map<PaidCents, Long> sums = new LinkedHashMap<>();
      long amount = 0;
      for (Unpaid slip : lines) {
        slips.add(new PaidSlip(slip.venue(), slip.reference(), slip.position(), slip.cents()));
        amount = Math.addExact(amount, slip.cents());
        for (SpentCents part : slip.spent()) {
          sums.merge(part(slip.venue(), part, 0), part.cents(), Math::addExact);
        }
      }
      List<PaidCents> parts = new ArrayList<>(sums.size());
      sums.forEach((part, cents) -> parts.add(part(part.venue(), part.spent(), cents)));
      return new SettlementRunOpened.Transfer(
          id, account, amount, List.copyOf(slips), List.copyOf(parts));
    }

    private static PaidCents part(VenueId venue, SpentCents spent, long cents) {
      return new PaidCents(venue, spent.withCents(cents));
    }
  }
}
