package fr.passnumerique.clearing.redemption;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A slip was taken and each of its lines judged; its accepted cheques are redeemed and owed to the
 * venue. A slip without an accepted line is recorded too: its reference is used, and its verdicts
 * are the answer to a retry.
 *
 * <p>Compact, because there are millions: lines name their visit by index, and an accepted one is
 * {@code {"cheque":"000070003","visit":0}}.
 *
 * @param contentDigest keyed digest of the parsed lines in their order; tells a retry from another
 *     slip under the same reference
 * @param presentedAt when the engine took the slip, UTC; its dates were judged at this moment
 * @param visits each (point of service, day, service) that lines refer to, in order of appearance
 * @param lines in the slip's order
 * @param owed what the accepted lines come to, per agreement, key version, départements and funder:
 *     flows in order of their first line, funders in the key's order
 * @param conflicts conflicts of interest, in order of line
 * @param waivedLines accepted lines, from 1, for which the venue waives what it would be paid: they
 *     are not in {@code owed}
 * @param waived what those come to, by the split: due back to whoever paid it in
 */
public record SlipJudged(
    VenueId venue,
    SlipReference reference,
    String contentDigest,
    Instant presentedAt,
    List<Visit> visits,
    List<Line> lines,
    List<SpentCents> owed,
    @LeftOutWhenEmpty List<Conflict> conflicts,
    @LeftOutWhenEmpty List<Integer> waivedLines,
    @LeftOutWhenEmpty List<SpentCents> waived)
    implements Fact {

  public SlipJudged(
      VenueId venue,
      SlipReference reference,
      String contentDigest,
      Instant presentedAt,
      List<Visit> visits,
      List<Line> lines,
      List<SpentCents> owed) {
    this(venue, reference, contentDigest, presentedAt, visits, lines, owed, List.of());
  }

  /** Of a venue that waives nothing. */
  public SlipJudged(
      VenueId venue,
      SlipReference reference,
      String contentDigest,
      Instant presentedAt,
      List<Visit> visits,
      List<Line> lines,
      List<SpentCents> owed,
      List<Conflict> conflicts) {
    this(
        venue,
        reference,
        contentDigest,
        presentedAt,
        visits,
        lines,
        owed,
        conflicts,
        List.of(),
        List.of());
  }

  public SlipJudged {
    requireNonNull(venue);
    requireNonNull(reference);
    requireNonNull(contentDigest);
    requireNonNull(presentedAt);
    visits = List.copyOf(visits);
    lines = List.copyOf(lines);
    owed = List.copyOf(owed);
    conflicts = List.copyOf(conflicts);
    waivedLines = List.copyOf(waivedLines);
    waived = List.copyOf(waived);
  }

  /**
   * A line with a cheque that the presenting organisation handed out itself, accepted and flagged
   * or refused as the programme has it. Without them under a programme that allows it.
   *
   * @param line of the slip, from 1
   * @param prescriber that handed the cheque out
   */
  public record Conflict(int line, PrescriberId prescriber) {
    public Conflict {
      requireNonNull(prescriber);
    }
  }

  /**
   * Where, when and for what a cheque was given.
   *
   * @param departement of spending: that of the point of service on the day the slip was judged
   * @param servedOn Europe/Paris
   * @param service label of the mediation standard, as the venue wrote it, trimmed, in Unicode NFC
   */
  public record Visit(
      PointOfServiceId pointOfService,
      Departement departement,
      LocalDate servedOn,
      String service) {
    public Visit {
      requireNonNull(pointOfService);
      requireNonNull(departement);
      requireNonNull(servedOn);
      requireNonNull(service);
    }
  }

  /**
   * @param cheque without its check part; empty for a code that belongs to no batch, which is not
   *     stored: it may be a mistyped code that is still spendable
   * @param visit index in {@code visits}, from 0
   * @param rejected empty when accepted
   * @param on the day that explains the rejection (redeemed on, last day …), if one does
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @JsonDeserialize(using = SlipLineReader.class)
  @JsonSerialize(using = SlipLineWriter.class)
  public record Line(
      Optional<Serial> cheque, int visit, Optional<Verdict> rejected, Optional<LocalDate> on) {
    public Verdict verdict() {
      return rejected.orElse(Verdict.ACCEPTED);
    }
  }

  /**
   * One funder's cents in the accepted lines of one flow from funding to spending.
   *
   * @param advancedBy the pre-financier whose cash covers them until an {@code ON_USE} funder pays
   */
  public record SpentCents(
      ProgrammeId programme,
      AgreementId agreement,
      int keyVersion,
      Departement fundingDepartement,
      Departement spendingDepartement,
      FunderId funder,
      long cents,
      @LeftOutWhenEmpty Optional<FunderId> advancedBy) {

    /** Under whom their cash stands. */
    public FunderId cashOwner() {
      return advancedBy.orElse(funder);
    }

    /**
     * What changes with a use that is taken back, or counts again: the runs that pay it, and of a
     * share that somebody advanced what its agreement's payments repay.
     */
    public Stream<String> tags() {
      String runs = "runs:" + programme;
      return advancedBy.isEmpty() ? Stream.of(runs) : Stream.of(runs, "agreement:" + agreement);
    }

    public SpentCents withCents(long other) {
      return new SpentCents(
          programme,
          agreement,
          keyVersion,
          fundingDepartement,
          spendingDepartement,
          funder,
          other,
          advancedBy);
    }
  }

  public int acceptedCount() {
    int count = 0;
    for (Line line : lines) {
      if (line.rejected().isEmpty()) {
        count++;
      }
    }
    return count;
  }

  /** The cheques of its accepted lines, in the slip's order. */
  public List<Serial> acceptedCheques() {
    return lines.stream()
        .filter(line -> line.rejected().isEmpty())
        .map(line -> line.cheque().orElseThrow())
        .toList();
  }

  /** The cheques of its accepted lines for which nothing is owed, in the slip's order. */
  public List<Serial> waivedCheques() {
    return waivedLines.stream().map(line -> lines.get(line - 1).cheque().orElseThrow()).toList();
  }

  /** What is owed to the venue for its accepted lines. */
  public long acceptedCents() {
    return owed.stream().mapToLong(SpentCents::cents).sum();
  }

  public static String tag(VenueId venue, SlipReference reference) {
    return "slip:" + venue + "/" + reference;
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(Paris.dayOf(presentedAt));
  }

  /** The slip's own key only: with its batches' tags every two slips of a batch would conflict. */
  @Override
  public Set<String> tags() {
    return Set.of(tag(venue, reference));
  }

  @Override
  public long[] chequesTouched() {
    long[] accepted = new long[lines.size()];
    int count = 0;
    for (Line line : lines) {
      if (line.rejected().isEmpty()) {
        accepted[count++] = line.cheque().orElseThrow().key();
      }
    }
    return count == accepted.length ? accepted : Arrays.copyOf(accepted, count);
  }
}
