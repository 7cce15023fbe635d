package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.redemption.RedemptionRegister.ListedVenue;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where slips are prepared for the bus, by whoever presents one: the HTTP endpoint, a page, a load
 * test. Safe for any number of threads.
 *
 * <p>The road not taken: comparing the check parts inside the decision. It costs some 50 µs a slip,
 * more than all the rest of the decision, and every commit would wait for it.
 */
public final class SlipDesk {
  private final RedemptionRegister register;
  private final ReadLock registers;
  private final CheckKeys keys;
  private final SlipDigest digest;

  SlipDesk(RedemptionRegister register, ReadLock registers, CheckKeys keys, SlipDigest digest) {
    this.register = register;
    this.registers = registers;
    this.keys = keys;
    this.digest = digest;
  }

  /**
   * @throws IllegalStateException if a check key is missing: no line can be judged then
   */
  public SubmitSlip prepare(VenueId venue, SlipReference reference, List<SlipLine> lines) {
    byte[] checkParts = new byte[lines.size()];
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
      }
    }
    return new SubmitSlip(venue, reference, lines, checkParts, digest.of(lines));
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
