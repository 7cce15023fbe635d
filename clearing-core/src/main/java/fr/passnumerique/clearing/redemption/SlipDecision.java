package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.redemption.RedemptionRegister.ListedVenue;
import fr.passnumerique.clearing.redemption.SlipJudged.Conflict;
import fr.passnumerique.clearing.redemption.SlipJudged.Line;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipJudged.Visit;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a slip.
 *
 * <p>Its boundary: the slip's own key, so that a reference is used once; the state of every batch
 * named, known or not (issued, activated, handed out); the venue's points of service and label; and
 * one by one the cheques that it looked at, so that none is redeemed twice. Split keys and the
 * rules of a batch never change once they are there.
 *
 * <p>Where a share is paid on use, the agreement is in it too: what its funder has paid before
 * repays with the slip, so that cash is neither taken twice nor left that came meanwhile. Slips do
 * not change an agreement, unless they repay: others wait for nobody.
 */
final class SlipDecision implements Decider<SubmitSlip, SlipJudged> {
  static final LocalDate FIRST_SERVICE_DAY = LocalDate.of(2015, 1, 1);
  static final LocalDate LAST_SERVICE_DAY = LocalDate.of(2100, 12, 31);

  private static final String NEW_REFERENCE =
      "send corrected or further lines in a slip with a new reference";

  private final RedemptionRegister register;
  private final CheckKeys keys;
  private final SlipDigest digest;

  SlipDecision(RedemptionRegister register, CheckKeys keys, SlipDigest digest) {
    this.register = register;
    this.keys = keys;
    this.digest = digest;
  }

  @Override
  public Class<SubmitSlip> command() {
    return SubmitSlip.class;
  }

  @Override
  public Decision<SlipJudged> decide(SubmitSlip slip, Instant receivedAt) {
    ListedVenue venue = register.venue(slip.venue());
    if (venue == null) {
      return Decision.refuse(unknown(slip.venue()).withValue(slip.venue().value()));
    }
    long position = register.slip(slip.venue(), slip.reference());
    if (position != 0) {
      return new Decision.Known<>(position, recorded -> reply(slip, recorded));
    }
    if (slip.lines().isEmpty()) {
      return refuse(
          SlipRefusal.NO_LINES,
          "lines",
          "slip %s has no lines".formatted(slip.reference()),
          "add at least one cheque");
    }
    if (slip.lines().size() > SubmitSlip.MOST_LINES) {
      return refuse(
          SlipRefusal.TOO_MANY_LINES,
          "lines",
          "a slip has at most %d lines, slip %s has %d"
              .formatted(SubmitSlip.MOST_LINES, slip.reference(), slip.lines().size()),
          "send it as several slips, each with a reference of its own");
    }
    int line = 1;
    for (SlipLine presented : slip.lines()) {
      if (isOutOfRange(presented.servedOn())) {
        return refuse(
            SlipRefusal.SERVICE_DATE_OUT_OF_RANGE,
            "servedOn",
            "services are dated from %s to %s, line %d says %s"
                .formatted(FIRST_SERVICE_DAY, LAST_SERVICE_DAY, line, presented.servedOn()),
            "correct the date and send the slip again");
      }
      line++;
    }
    line = 1;
    PointOfServiceId known = null;
    for (SlipLine presented : slip.lines()) {
      // Lines of one place mostly stand together.
      if (!presented.pointOfService().equals(known)
          && venue.departementOf(presented.pointOfService()) == null) {
        return refuse(
            SlipRefusal.UNKNOWN_POINT_OF_SERVICE,
            "pointOfService",
            "line %d names point of service %s, which is not one of venue %s"
                .formatted(line, presented.pointOfService(), slip.venue()),
            "name one of the venue's points of service by its LaMednum id, or have it imported");
      }
      known = presented.pointOfService();
      line++;
    }
    return judge(slip, venue, receivedAt.truncatedTo(ChronoUnit.MICROS));
  }

  static boolean isOutOfRange(LocalDate servedOn) {
    return servedOn.isBefore(FIRST_SERVICE_DAY) || servedOn.isAfter(LAST_SERVICE_DAY);
  }

  private Decision.Reply<SlipJudged> reply(SubmitSlip slip, Fact recorded) {
    SlipJudged judged = (SlipJudged) recorded;
    if (digest.isOf(slip, judged.contentDigest())) {
      return new Decision.Reply.Same<>(judged);
    }
    return new Decision.Reply.Different<>(
        Refusal.of(
            SlipRefusal.SLIP_REFERENCE_REUSED,
            "reference",
            "venue %s used slip reference %s on %s for a slip with other lines; %s"
                .formatted(
                    slip.venue(),
                    slip.reference(),
                    Paris.dayOf(judged.presentedAt()),
                    NEW_REFERENCE),
            NEW_REFERENCE));
  }

  private Decision<SlipJudged> judge(SubmitSlip slip, ListedVenue venue, Instant presentedAt) {
    int count = slip.lines().size();
    Judgement judgement = new Judgement((int) Paris.dayOf(presentedAt).toEpochDay(), count);
    Visits visits = new Visits(slip.venue(), venue);
    Owed owed = new Owed();
    Set<String> tags = new HashSet<>();
    tags.add(SlipJudged.tag(slip.venue(), slip.reference()));
    tags.add("venue:" + slip.venue());
    tags.add("label:" + slip.venue());

    List<Line> lines = new ArrayList<>(count);
    List<Conflict> conflicts = new ArrayList<>();
    List<Integer> waivedLines = new ArrayList<>();
    Owed waived = new Owed();
    Set<Batch> batches = new HashSet<>();
    Batch named = null;
    IssuedBatch batch = null;
    for (int i = 0; i < count; i++) {
      SlipLine presented = slip.lines().get(i);
      Serial cheque = presented.cheque().serial();
      if (!cheque.batch().equals(named)) {
        named = cheque.batch();
        batch = register.batch(named);
        if (batches.add(named)) {
          tags.add("batch:" + named);
        }
      }
      KnownVisit visit = visits.of(presented);
      LineUnderJudgement line =
          new LineUnderJudgement(
              cheque.key(),
              cheque.ordinal(),
              batch,
              isGenuine(slip, i, batch),
              visit.servedOn(),
              visit.told().service(),
              visit.told().departement(),
              visit.place(),
              visit.label(),
              conflict(slip.venue(), batch, cheque.ordinal()));
      Verdict verdict = judgement.judge(line);
      PrescriberId conflict = line.conflict();
      if (conflict != null
          && (verdict == Verdict.ACCEPTED || verdict == Verdict.CONFLICT_OF_INTEREST)) {
        conflicts.add(new Conflict(i + 1, conflict));
      }
      if (verdict == Verdict.ACCEPTED) {
        if (visit.waived()) {
          waivedLines.add(i + 1);
          waived.add(line);
        } else {
          owed.add(line);
        }
      }
      lines.add(
          new Line(
              line.exists() ? Optional.of(cheque) : Optional.empty(),
              visit.index(),
              verdict == Verdict.ACCEPTED ? Optional.empty() : Optional.of(verdict),
              judgement.explains(verdict, line)));
    }
    SlipJudged judged =
        new SlipJudged(
            slip.venue(),
            slip.reference(),
            slip.contentDigest(),
            presentedAt,
            visits.inOrder(),
            List.copyOf(lines),
            owed.inOrder(),
            conflicts,
            waivedLines,
            waived.inOrder());
    List<Fact> facts = new ArrayList<>();
    facts.add(judged);
    facts.addAll(
        register
            .paidEarly()
            .repayments(SlipJudged.tag(slip.venue(), slip.reference()), List.of(judged)));
    for (SpentCents part : judged.owed()) {
      if (part.advancedBy().isPresent()) {
        tags.add("agreement:" + part.agreement());
      }
    }
    return new Decision.Accept<>(facts, new Boundary(tags, judgement.lookedAt()), judged);
  }

  /** Null where the programme does not ask. */
  private @Nullable PrescriberId conflict(VenueId venue, @Nullable IssuedBatch batch, int ordinal) {
    return batch == null
            || !batch.holds(ordinal)
            || batch.conflictOfInterest() == ConflictOfInterest.ALLOW
        ? null
        : register.ownPrescriber(venue, batch, ordinal);
  }

  /** Compared already, unless the batch was issued between the preparation and now. */
  private boolean isGenuine(SubmitSlip slip, int line, @Nullable IssuedBatch batch) {
    return switch (slip.checkPart(line)) {
      case SubmitSlip.GENUINE -> true;
      case SubmitSlip.FALSE -> false;
      default ->
          batch != null && keys.matches(slip.lines().get(line).cheque(), batch.checkKeyName());
    };
  }

  private Refusal unknown(VenueId venue) {
    VenueId named = register.identifiedBy(venue);
    // Not taken under the name: reference and account would be another's than the sender's.
    return named != null
        ? SlipRefusal.UNKNOWN_VENUE.because(
            "venueId",
            "%s is the SIRET that identifies venue %s, which keeps that name"
                .formatted(venue, named),
            "send the slip to venue " + named)
        : SlipRefusal.UNKNOWN_VENUE.because(
            "venueId",
            "venue %s is not listed".formatted(venue),
            "check the identifier (SIRET, RNA or RIDET), or have the venue imported");
  }

  private static Decision<SlipJudged> refuse(
      SlipRefusal code, String field, String message, String remedy) {
    return Decision.refuse(Refusal.of(code, field, message + "; " + remedy, remedy));
  }

  /**
   * A visit with all that is the same for each of its lines.
   *
   * @param index among the slip's visits
   * @param servedOn {@link LocalDate#toEpochDay()}
   * @param place number of the point of service
   * @param waived whether nothing is owed for it
   */
  private record KnownVisit(
      int index, Visit told, int servedOn, int place, Labelling label, boolean waived) {}

  /** The visits of a slip, each once. */
  private final class Visits {
    private final VenueId name;
    private final ListedVenue venue;
    private final Map<Visit, KnownVisit> inOrder = new LinkedHashMap<>();
    private @Nullable KnownVisit last;

    Visits(VenueId name, ListedVenue venue) {
      this.name = name;
      this.venue = venue;
    }

    KnownVisit of(SlipLine line) {
      // Lines of one visit mostly stand together.
      KnownVisit visit = last;
      if (visit == null
          || !line.servedOn().equals(visit.told().servedOn())
          || !line.pointOfService().equals(visit.told().pointOfService())
          || !line.service().equals(visit.told().service())) {
        visit = inOrder.computeIfAbsent(visit(line), this::known);
        last = visit;
      }
      return visit;
    }

    private Visit visit(SlipLine line) {
      Departement departement = venue.departementOf(line.pointOfService());
      if (departement == null) {
        throw new IllegalStateException(
            "a line got past UNKNOWN_POINT_OF_SERVICE with " + line.pointOfService());
      }
      return new Visit(line.pointOfService(), departement, line.servedOn(), line.service());
    }

    private KnownVisit known(Visit visit) {
      return new KnownVisit(
          inOrder.size(),
          visit,
          (int) visit.servedOn().toEpochDay(),
          register.place(name, visit.pointOfService()),
          Labelling.of(venue.label(), visit.pointOfService(), visit.servedOn()),
          venue.waives(visit.servedOn()));
    }

    List<Visit> inOrder() {
      return List.copyOf(inOrder.keySet());
    }
  }

  /** What accepted lines come to, by flow from funding to spending and by funder. */
  private static final class Owed {
    private final Map<Flow, Totals> flows = new LinkedHashMap<>();
    private @Nullable IssuedBatch lastBatch;
    private @Nullable Departement lastDepartement;
    private @Nullable Totals lastTotals;

    private record Flow(
        AgreementId agreement, int keyVersion, Departement funding, Departement spending) {}

    /**
     * @param split of one of the batches: those of one flow are dealt to the same funders
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Totals(CentsOfCheques split, Departement spending, long[] cents) {}

    void add(LineUnderJudgement line) {
      CentsOfCheques split = line.issued().cents();
      split.addTo(totals(line, split).cents(), line.ordinal());
    }

    private Totals totals(LineUnderJudgement line, CentsOfCheques split) {
      if (lastTotals == null
          || line.batch() != lastBatch
          || !line.knownDepartement().equals(lastDepartement)) {
        lastBatch = line.batch();
        lastDepartement = line.knownDepartement();
        ChequesIssued issued = split.issued();
        lastTotals =
            flows.computeIfAbsent(
                new Flow(
                    issued.agreement(),
                    issued.keyVersion(),
                    issued.fundingDepartement(),
                    line.knownDepartement()),
                flow -> new Totals(split, flow.spending(), new long[split.funders()]));
      }
      return lastTotals;
    }

    List<SpentCents> inOrder() {
      List<SpentCents> spent = new ArrayList<>();
      for (Totals totals : flows.values()) {
        for (FundedCents part : totals.split().shares(totals.cents())) {
          spent.add(
              new SpentCents(
                  part.programme(),
                  part.agreement(),
                  part.keyVersion(),
                  part.fundingDepartement(),
                  totals.spending(),
                  part.funder(),
                  part.cents(),
                  part.advancedBy()));
        }
      }
      return List.copyOf(spent);
    }
  }
}
