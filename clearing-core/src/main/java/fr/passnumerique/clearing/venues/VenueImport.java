package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Identifier;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.Vault.Content;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.ImportVenues.Listing;
import fr.passnumerique.clearing.venues.LaMednumReader.ListedVenue;
import fr.passnumerique.clearing.venues.LaMednumReader.VenueList;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import fr.passnumerique.clearing.venues.VenuesImported.Kind;
import fr.passnumerique.clearing.venues.VenuesImported.VenueChange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Brings a LaMednum list into the ledger: reads it, takes what is personal to the vault, sends the
 * rest as one command.
 *
 * <p>Nothing is sealed before a rehearsal has accepted the rest, so that a list that is refused and
 * a dry run leave nothing behind, in the vault neither. The rehearsal also tells which entries of
 * the vault are in force, and its digest binds the command to what it saw: if a venue changed
 * meanwhile, it is all done again.
 */
public final class VenueImport {
  /** The vault's kind of entry. */
  static final String CONTACT = "contact";

  private static final int MOST_ATTEMPTS = 5;

  /** Of a dry run: read, found in the vault, decided. */
  private static final int STEPS = 3;

  /** Then sealed in the vault with what is decided for good and recorded, which takes as long. */
  private static final int STEPS_TO_THE_RECORD = 5;

  private final Commands commands;
  private final Vault vault;

  public VenueImport(Commands commands, Vault vault) {
    this.commands = commands;
    this.vault = vault;
  }

  /**
   * @param source label of the list, an {@code Identifier}; if empty, what all rows of the list
   *     name as their source
   * @param soleTraders venues of the list that are persons: their names, streets and positions go
   *     to the vault
   * @param expectDigest of the dry run that this must not differ from
   */
  public record Options(
      Optional<String> source, Set<VenueId> soleTraders, Optional<String> expectDigest) {
    public Options {
      soleTraders = Set.copyOf(soleTraders);
    }

    public static Options from(String source) {
      return new Options(Optional.of(source), Set.of(), Optional.empty());
    }
  }

  /**
   * What an import did, or in a dry run would do.
   *
   * @param rows of the file: points of service
   * @param departements of spending that its points of service lie in
   * @param digest for {@code expectDigest}
   */
  public record Report(
      String source,
      int rows,
      int venues,
      int departements,
      int added,
      int changed,
      int unchanged,
      List<VenueChange> changes,
      String digest) {}

  /**
   * @throws Problem if the list cannot be read, or is refused
   */
  public Outcome.Recorded<Report> apply(String list, Options options, Actor by) {
    return apply(list, options, by, Progress.UNHEARD);
  }

  /** The same, told as it goes on. */
  Outcome.Recorded<Report> apply(String list, Options options, Actor by, Progress progress) {
    return run(list, options, Optional.of(by), progress);
  }

  /** Says what {@link #apply} would do, and does none of it. */
  public Outcome.Recorded<Report> rehearse(String list, Options options) {
    return rehearse(list, options, Progress.UNHEARD);
  }

  /** The same, told as it goes on. */
  Outcome.Recorded<Report> rehearse(String list, Options options, Progress progress) {
    return run(list, options, Optional.empty(), progress);
  }

  private Outcome.Recorded<Report> run(
      String list, Options options, Optional<Actor> by, Progress progress) {
    int steps = by.isEmpty() ? STEPS : STEPS_TO_THE_RECORD;
    VenueList read = LaMednumReader.read(list, options.soleTraders());
    String source = source(options, read);
    String contentDigest = digest(list, source, options);
    for (int attempt = 1; ; attempt++) {
      progress.at(1, steps);
      List<Contact> contacts = contacts(read, source, contentDigest);
      progress.at(2, steps);
      Outcome.Recorded<VenuesImported> rehearsed =
          Problem.recorded(
              commands.rehearse(
                  new ImportVenues(
                      source,
                      contentDigest,
                      listings(read, contacts, false),
                      options.expectDigest())));
      if (by.isEmpty() || rehearsed.answer().changes().isEmpty()) {
        return report(source, read, rehearsed);
      }
      progress.at(STEPS, steps);
      Outcome<VenuesImported> sent =
          commands.send(
              new ImportVenues(
                  source,
                  contentDigest,
                  listings(read, contacts, true),
                  Optional.of(rehearsed.answer().digest())),
              by.get());
      if (sent instanceof Outcome.Refused<VenuesImported>(var refusal)
          && refusal.code() == VenueRefusal.DIGEST_DIFFERS
          && options.expectDigest().isEmpty()
          && attempt < MOST_ATTEMPTS) {
        continue;
      }
      return report(source, read, Problem.recorded(sent));
    }
  }

  /**
   * @param content all that the vault keeps about the venue; empty if there is nothing
   * @param inForce the entry that says exactly this already
   */
  private record Contact(Content content, Optional<VaultReference> inForce) {
    boolean isNew() {
      return inForce.isEmpty() && !content.values().isEmpty();
    }
  }

  /** What a list leaves empty stays as it is in the vault: the list's words are laid over it. */
  private List<Contact> contacts(VenueList read, String source, String contentDigest) {
    VenuesImported rehearsed =
        Problem.recorded(
                commands.rehearse(
                    new ImportVenues(
                        source,
                        contentDigest,
                        read.venues().stream().map(ListedVenue::listing).toList(),
                        Optional.empty())))
            .answer();
    Map<VenueId, VaultReference> known = rehearsed.contacts();
    Map<VaultReference, Map<String, String>> opened = vault.openAll(known.values());
    List<Contact> contacts = new ArrayList<>();
    for (ListedVenue listed : read.venues()) {
      VenueId venue = listed.listing().venue();
      Optional<VaultReference> reference =
          Optional.ofNullable(known.get(venue)).filter(opened::containsKey);
      Map<String, String> before = reference.map(opened::get).orElse(Map.of());
      SortedMap<String, String> content = new TreeMap<>(before);
      content.putAll(listed.personal());
      contacts.add(
          new Contact(
              new Content(rehearsed.names().getOrDefault(venue, venue).value(), CONTACT, content),
              reference.filter(_ -> content.equals(before))));
    }
    return contacts;
  }

  private List<Listing> listings(VenueList read, List<Contact> contacts, boolean seal) {
    List<Content> news = contacts.stream().filter(Contact::isNew).map(Contact::content).toList();
    Iterator<VaultReference> references =
        seal
            ? vault.sealAll(news).iterator()
            : Collections.nCopies(news.size(), VaultReference.UNSEALED).iterator();
    List<Listing> listings = new ArrayList<>();
    for (int i = 0; i < contacts.size(); i++) {
      Contact contact = contacts.get(i);
      listings.add(
          read.venues()
              .get(i)
              .listing()
              .withContact(contact.isNew() ? Optional.of(references.next()) : contact.inForce()));
    }
    return listings;
  }

  private static Outcome.Recorded<Report> report(
      String source, VenueList read, Outcome.Recorded<VenuesImported> outcome) {
    VenuesImported answer = outcome.answer();
    long departements =
        read.venues().stream()
            .flatMap(venue -> venue.listing().pointsOfService().stream())
            .map(PointOfService::departement)
            .distinct()
            .count();
    Report report =
        new Report(
            source,
            read.rows(),
            read.venues().size(),
            Math.toIntExact(departements),
            answer.count(Kind.NEW),
            answer.count(Kind.CHANGED),
            answer.unchanged(),
            answer.changes(),
            answer.digest());
    return new Outcome.Recorded<>(report, outcome.position(), outcome.already());
  }

  private static String source(Options options, VenueList read) {
    String label =
        options
            .source()
            .orElseGet(() -> read.sources().size() == 1 ? read.sources().iterator().next() : "");
    try {
      return Identifier.require("source", label);
    } catch (IllegalArgumentException e) {
      String remedy = "give a label as the parameter source, such as bus-charente";
      String message =
          options.source().isPresent()
              ? String.valueOf(e.getMessage())
              : "the rows of the list do not agree on a source that can serve as its label";
      throw Problem.badRequest(
          "INVALID_PARAMETER",
          message + "; " + remedy,
          List.of(Fault.of("source", Problem.shown(label), message, remedy)));
    }
  }

  /** Of all that the import's outcome depends on, beside what is known of the venues. */
  private static String digest(String list, String source, Options options) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((source + "\n").getBytes(StandardCharsets.UTF_8));
      options.soleTraders().stream()
          .map(VenueId::value)
          .sorted()
          .forEach(venue -> digest.update((venue + "\n").getBytes(StandardCharsets.UTF_8)));
      digest.update(list.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
