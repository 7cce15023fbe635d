package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.distribution.HandOutId;
import fr.passnumerique.clearing.distribution.HandOutList;
import fr.passnumerique.ui.search.Finder;
import fr.passnumerique.ui.search.Found;
import fr.passnumerique.ui.search.Found.Kind;
import fr.passnumerique.ui.search.Found.Matched;
import fr.passnumerique.ui.words.Names;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A hand-out by the reference on its sheet, for those who look at every prescriber's; a prescriber
 * finds its own as a {@link ThingFinder thing}.
 */
final class HandOutFinder implements Finder {
  private final HandOutList handOuts;
  private final Supplier<Names> names;

  HandOutFinder(HandOutList handOuts, Supplier<Names> names) {
    this.handOuts = handOuts;
    this.names = names;
  }

  @Override
  public Stream<Found> find(String typed, Actor reader) {
    return switch (reader.role()) {
      case CLERK, AUDITOR -> {
        HandOutId handOut;
        try {
          handOut = new HandOutId(typed);
        } catch (IllegalArgumentException e) {
          yield Stream.empty();
        }
        Names known = names.get();
        yield handOuts.prescribersOf(handOut).stream()
            .limit(MOST + 1L)
            .flatMap(
                prescriber ->
                    Found.of(
                        Kind.HAND_OUT,
                        Thing.HAND_OUT.link(prescriber.value(), typed, reader),
                        known.prescriber(prescriber.value()),
                        Matched.REFERENCE));
      }
      case FUNDER, VENUE, PRESCRIBER -> Stream.empty();
    };
  }
}
