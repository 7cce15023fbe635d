package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A venue took a slip back before a settlement run took it: its accepted cheques are live again and
 * its visits uncounted; nothing is owed for it any more. Its reference stays used.
 *
 * @param slip position of the slip's fact
 * @param cheques those that the slip redeemed
 * @param owed what they came to, as the slip's fact says
 * @param opposed those of the cheques that were opposed since the slip redeemed them: not live
 *     again, for the opposition applies from here on
 * @param dueBack what the opposed ones come to
 * @param waived what those of the cheques come to for which the venue waived its pay
 */
public record SlipWithdrawn(
    VenueId venue,
    SlipReference reference,
    long slip,
    Instant withdrawnAt,
    List<Serial> cheques,
    List<SpentCents> owed,
    List<Serial> opposed,
    List<FundedCents> dueBack,
    @LeftOutWhenEmpty List<SpentCents> waived)
    implements Fact {

  /** Of a slip without waived lines. */
  public SlipWithdrawn(
      VenueId venue,
      SlipReference reference,
      long slip,
      Instant withdrawnAt,
      List<Serial> cheques,
      List<SpentCents> owed,
      List<Serial> opposed,
      List<FundedCents> dueBack) {
    this(venue, reference, slip, withdrawnAt, cheques, owed, opposed, dueBack, List.of());
  }

  public SlipWithdrawn {
    cheques = List.copyOf(cheques);
    owed = List.copyOf(owed);
    opposed = List.copyOf(opposed);
    dueBack = List.copyOf(dueBack);
    waived = List.copyOf(waived);
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(Paris.dayOf(withdrawnAt));
  }

  /** The runs of its programmes too: one that was decided meanwhile would pay it. */
  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>();
    tags.add(SlipJudged.tag(venue, reference));
    owed.stream().flatMap(SpentCents::tags).forEach(tags::add);
    return tags;
  }

  @Override
  public long[] chequesTouched() {
    return cheques.stream().mapToLong(Serial::key).toArray();
  }
}
