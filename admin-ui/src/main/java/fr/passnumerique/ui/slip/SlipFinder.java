package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.redemption.SlipArchive;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.printed.PrintedNames;
import fr.passnumerique.ui.search.Finder;
import fr.passnumerique.ui.search.Found;
import fr.passnumerique.ui.search.Found.Kind;
import fr.passnumerique.ui.search.Found.Matched;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.Names;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A slip by its venue's own reference: several venues may have one of that name. */
final class SlipFinder implements Finder {
  private final PrintedNames printed;
  private final SlipArchive archive;
  private final Supplier<Names> names;

  SlipFinder(PrintedNames printed, SlipArchive archive, Supplier<Names> names) {
    this.printed = printed;
    this.archive = archive;
    this.names = names;
  }

  @Override
  public Stream<Found> find(String typed, Actor reader) {
    return switch (reader.role()) {
      case CLERK, AUDITOR -> {
        Names known = names.get();
        List<String> senders = printed.sendersOfSlip(typed, MOST + 1);
        known.ahead(senders.stream());
        yield senders.stream().flatMap(venue -> slip(venue, typed, known.venue(venue), reader));
      }
      case VENUE ->
          sent(reader.subject(), typed)
              ? slip(reader.subject(), typed, "", reader)
              : Stream.empty();
      case FUNDER, PRESCRIBER -> Stream.empty();
    };
  }

  private boolean sent(String venue, String reference) {
    try {
      return archive.find(new VenueId(venue), new SlipReference(reference)).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Stream<Found> slip(String venue, String reference, String name, Actor reader) {
    return Found.of(Kind.SLIP, CauseWords.slip(venue, reference, reader), name, Matched.REFERENCE);
  }
}
