package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.access.GuessBudget;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.redemption.RedemptionRegister.ListedVenue;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where slips are prepared for the bus, by whoever presents one: the HTTP endpoint, a page, a load
 * test. Safe for any number of threads.
 *
 * <p>A venue that presents too many false check parts waits, for dry runs as for slips: verdicts
 * tell whether a check part is right, so that without a bound whoever holds a venue's key could try
 * them all.
 *
 * <p>The road not taken: comparing the check parts inside the decision. It costs some 50 µs a slip,
 * more than all the rest of the decision, and every commit would wait for it.
 */
public final class SlipDesk {
  private static final Logger LOG = LoggerFactory.getLogger(SlipDesk.class);

  private final RedemptionRegister register;
  private final ReadLock registers;
  private final CheckKeys keys;
  private final SlipDigest digest;
  private final GuessBudget budget;
  private final Counter falseParts;

  SlipDesk(
      RedemptionRegister register,
      ReadLock registers,
      CheckKeys keys,
      SlipDigest digest,
      GuessBudget budget,
      MeterRegistry meters) {
    this.register = register;
    this.registers = registers;
    this.keys = keys;
    this.digest = digest;
    this.budget = budget;
    this.falseParts =
        Counter.builder("pass.slips.false.check.parts")
            .description(
                "Lines presented with a check part that is not the cheque's, dry runs included")
            .register(meters);
  }

  /**
   * @throws Problem 429 {@code TOO_MANY_FALSE_CODES} if the venue has presented too many false
   *     check parts within the hour; a slip that is recorded is answered all the same
   * @throws IllegalStateException if a check key is missing: no line can be judged then
   */
  public SubmitSlip prepare(VenueId venue, SlipReference reference, List<SlipLine> lines) {
    byte[] checkParts = new byte[lines.size()];
    int falses = 0;
    // Too long a slip is refused; it is not worth the work.
    if (lines.size() <= SubmitSlip.MOST_LINES) {
      @Nullable String[] keyNames = registers.read(() -> keyNames(lines));
      for (int i = 0; i < checkParts.length; i++) {
        String keyName = keyNames[i];
        checkParts[i] =
            keyName == null
                ? SubmitSlip.NOT_COMPARED
                : keys.matches(lines.get(i).cheque(), keyName)
                    ? SubmitSlip.GENUINE
                    : SubmitSlip.FALSE;
        falses += checkParts[i] == SubmitSlip.FALSE ? 1 : 0;
      }
    }
    // A recorded slip is answered with its record, which tells nothing new.
    if (registers.read(() -> register.slip(venue, reference)) == 0) {
      admit(venue, falses);
    }
    return new SubmitSlip(venue, reference, lines, checkParts, digest.of(lines));
  }

  private void admit(VenueId venue, int falses) {
    Duration wait = budget.spend(venue.value(), falses);
    if (wait.isPositive()) {
      LOG.warn("venue {} presents too many false check parts and is not listened to now", venue);
      throw Problem.tooMany(
          "TOO_MANY_FALSE_CODES",
          "venue %s has presented too many codes whose last six characters are not the cheque's"
              .formatted(venue),
          wait);
    }
    falseParts.increment(falses);
  }

  /**
   * The lines whose point of service is not one of the venue's. The decision refuses such a slip at
   * its first such line; whoever has read the slip asks here before, to tell them all.
   *
   * @return one fault a line; none if the venue itself is unknown
   */
  public List<Fault> unknownPointsOfService(VenueId venue, SlipReader.Read slip) {
    return registers.read(
        () -> {
          List<Fault> faults = new ArrayList<>();
          ListedVenue listed = register.venue(venue);
          for (int i = 0; listed != null && i < slip.lines().size(); i++) {
            PointOfServiceId named = slip.lines().get(i).pointOfService();
            if (listed.departementOf(named) == null) {
              faults.add(
                  new Fault(
                      slip.lineNumbers().get(i),
                      "pointOfService",
                      Problem.shown(named.value()),
                      "this is not a point of service of venue " + venue,
                      "name one of the venue's by its LaMednum id, or have it imported"));
            }
          }
          return faults;
        });
  }

  /**
   * A batch keeps its key for ever, so what is read here is still true when the slip is decided.
   */
  private @Nullable String[] keyNames(List<SlipLine> lines) {
    @Nullable String[] names = new String[lines.size()];
    for (int i = 0; i < names.length; i++) {
      IssuedBatch batch = register.batch(lines.get(i).cheque().serial().batch());
      names[i] = batch == null ? null : batch.checkKeyName();
    }
    return names;
  }
}
