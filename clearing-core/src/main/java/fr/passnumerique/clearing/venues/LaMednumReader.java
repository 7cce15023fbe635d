package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.TableFault;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.ImportVenues.Holder;
import fr.passnumerique.clearing.venues.ImportVenues.Listing;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list in the standard of <a
 * href="https://schema.data.gouv.fr/LaMednum/standard-mediation-num">LaMednum, 1.0.2</a>: whole, or
 * not at all.
 *
 * <p>Columns may come in any order. Those that the standard requires must be there and filled, and
 * so must {@code code_insee}, which the standard lets be empty: the département of spending is the
 * commune's, and neither a postcode nor a name tells it for certain, so a row without it is refused
 * rather than guessed. Columns that clearing does not need are passed on as they are, so that the
 * label register can be exported in the standard; the rest of the standard's vocabulary is not
 * checked, since lists in use depart from it. Not kept are the presentations, which are free text
 * and may tell of persons, and whatever looks like a contact. Addresses of pages must be http or
 * https: others are put on pages as links.
 *
 * <p>The standard does not say whether a venue is a person. {@code typologie} does not either
 * ({@code EI} is an entreprise d'insertion there). So it must be said beside the list, or in the
 * one column that is read beyond the standard's 32: {@code categorie_juridique}, four digits of
 * Insee's nomenclature, of which those beginning with 1 are persons. Where neither says so the name
 * is taken for public, as the list's publisher did.
 *
 * <p>Besides commas, the semicolons and decimal commas that a French spreadsheet writes are read.
 */
final class LaMednumReader {
  /** So many are told; the rest are counted. */
  static final int MOST_FAULTS = 100;

  /** The vault's entry of a venue. */
  static final String TELEPHONE = "telephone";

  static final String E_MAILS = "courriels";
  static final String LEGAL_CATEGORY = "categorie_juridique";

  private static final List<String> STANDARD =
      List.of(
          "id",
          "pivot",
          "nom",
          "commune",
          "code_postal",
          "code_insee",
          "adresse",
          "complement_adresse",
          "latitude",
          "longitude",
          "typologie",
          TELEPHONE,
          E_MAILS,
          "site_web",
          "horaires",
          "presentation_resume",
          "presentation_detail",
          "source",
          "itinerance",
          "structure_parente",
          "date_maj",
          "services",
          "publics_specifiquement_adresses",
          "prise_en_charge_specifique",
          "frais_a_charge",
          "dispositif_programmes_nationaux",
          "formations_labels",
          "autres_formations_labels",
          "modalites_acces",
          "modalites_accompagnement",
          "fiche_acces_libre",
          "prise_rdv");

  private static final List<String> REQUIRED =
      List.of("id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "date_maj");

  /** Texts that are kept as they are, if they are there. */
  private static final List<String> MAY_BE_EMPTY = List.of("structure_parente", TELEPHONE, E_MAILS);

  /** Passed on as they are. */
  private static final List<String> FURTHER =
      List.of(
          "complement_adresse",
          "typologie",
          "horaires",
          "source",
          "itinerance",
          "structure_parente",
          VenueListed.UPDATED,
          "publics_specifiquement_adresses",
          "prise_en_charge_specifique",
          "frais_a_charge",
          "dispositif_programmes_nationaux",
          "formations_labels",
          "autres_formations_labels",
          "modalites_acces",
          "modalites_accompagnement");

  private static final List<String> PAGES = List.of("site_web", "fiche_acces_libre", "prise_rdv");
  private static final int LONGEST_FURTHER = 1_000;

  /**
   * What a spreadsheet would take for a formula is exported after an apostrophe, which is taken off
   * again here.
   */
  private static final Pattern DISARMED = Pattern.compile("'+[=+\\-@].*", Pattern.DOTALL);

  private static final Pattern PAGE =
      Pattern.compile("https?://[^\\s@/?#]+([/?#]\\S*)?", Pattern.CASE_INSENSITIVE);

  private static final Set<String> SERVICES =
      Set.of(
          "Aide aux démarches administratives",
          "Maîtrise des outils numériques du quotidien",
          "Insertion professionnelle via le numérique",
          "Utilisation sécurisée du numérique",
          "Parentalité et éducation avec le numérique",
          "Loisirs et créations numériques",
          "Compréhension du monde numérique",
          "Accès internet et matériel informatique",
          "Acquisition de matériel informatique à prix solidaire");

  private static final Set<String> ITINERANCE = Set.of("Itinérant", "Fixe");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern POSTCODE = Pattern.compile("[0-9]{5}");
  private static final Pattern DEGREES = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,20})?");
  private static final Pattern CATEGORY = Pattern.compile("[1-9][0-9]{3}");
  private static final Pattern TELEPHONE_NUMBER =
      Pattern.compile("\\+[0-9]{2}|\\b0[0-9]([ .-]?[0-9]{2}){4}\\b");
  private static final int LONGEST_NAME = 300;

  private final Set<VenueId> soleTraders;
  private final Faults faults = new Faults();
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final Map<String, Integer> lineOfId = new HashMap<>();
  private final Map<VenueId, Gathered> venues = new LinkedHashMap<>();
  private final Set<String> sources = new LinkedHashSet<>();
  private char separator = ',';
  private int rows;

  private LaMednumReader(Set<VenueId> soleTraders) {
    this.soleTraders = soleTraders;
  }

  /**
   * What a list says.
   *
   * @param venues in order of appearance, at least one
   * @param rows points of service
   * @param sources what its rows name as {@code source}, each once
   */
  record VenueList(List<ListedVenue> venues, int rows, Set<String> sources) {}

  /**
   * @param listing without its contact
   * @param personal what belongs in the vault, by name; empty if nothing does
   */
  record ListedVenue(Listing listing, SortedMap<String, String> personal) {}

  /**
   * @param soleTraders venues of the list that are persons, whether or not the list says so
   * @throws Problem 400 {@code INVALID_VENUE_LIST} naming line, column, value and remedy of
   *     everything that is wrong; a wrong header or a file that is not CSV ends the reading where
   *     it shows
   */
  static VenueList read(String text, Set<VenueId> soleTraders) {
    return new LaMednumReader(soleTraders).read(text);
  }

  private VenueList read(String text) {
    if (TableFault.isTabulated(text)) {
      faults.add(
          1,
          "",
          "",
          "tabulators separate the columns",
          "separate them by semicolons",
          TableFault.SEPARATOR);
      faults.throwIfAny();
    }
    separator = separatorOf(text);
    CSVFormat format =
        CSVFormat.RFC4180.builder().setDelimiter(separator).setIgnoreEmptyLines(false).get();
    try (CSVParser parser =
        CSVParser.builder().setReader(new StringReader(text)).setFormat(format).get()) {
      readRecords(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<ListedVenue> listed = venues.values().stream().map(this::listed).toList();
    faults.throwIfAny();
    // A mistyped identifier here would make a person's name public.
    soleTraders.stream()
        .filter(soleTrader -> !venues.containsKey(soleTrader))
        .forEach(
            soleTrader ->
                faults.add(
                    0,
                    "soleTraders",
                    soleTrader.value(),
                    "the venue is not on the list",
                    "correct its identifier, or leave it out"));
    faults.throwIfAny();
    return new VenueList(listed, rows, sources);
  }

  private void readRecords(CSVParser parser) {
    Iterator<CSVRecord> records = parser.iterator();
    while (true) {
      int line = Math.toIntExact(parser.getCurrentLineNumber() + 1);
      CSVRecord record;
      try {
        if (!records.hasNext()) {
          break;
        }
        record = records.next();
      } catch (UncheckedIOException | IllegalStateException e) {
        faults.add(
            line,
            "",
            "",
            "the row that begins here is not CSV: a quotation mark is opened and not closed, or"
                + " text follows a closed one",
            "close the quotation mark; one within a value is written twice",
            TableFault.QUOTE_OPEN);
        faults.throwIfAny();
        return;
      }
      if (columns.isEmpty()) {
        readHeader(record);
      } else if (!blank(record)) {
        rows++;
        readRow(record, line);
      }
    }
    if (columns.isEmpty() || rows == 0) {
      faults.add(
          1,
          "",
          "",
          "the list has no row",
          "send a list with its header and its rows",
          columns.isEmpty() ? TableFault.HEADER_MISSING : TableFault.ROWS_MISSING);
    }
  }

  /** A spreadsheet set to French separates by semicolons, since its decimals take the comma. */
  private static char separatorOf(String text) {
    String header = text.lines().findFirst().orElse("");
    return header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
  }

  private static boolean blank(CSVRecord record) {
    return record.size() == 1 && record.get(0).isBlank();
  }

  private void readHeader(CSVRecord header) {
    if (Arrays.stream(header.values()).map(String::strip).noneMatch(STANDARD::contains)) {
      faults.add(
          1,
          "",
          "",
          "there is no header: what stands in the first line is none of LaMednum 1.0.2",
          "name the columns above the rows",
          TableFault.HEADER_MISSING);
      faults.throwIfAny();
    }
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip();
      if (!STANDARD.contains(name) && !name.equals(LEGAL_CATEGORY)) {
        faults.add(
            1,
            told(name),
            told(name),
            "column %d is none of LaMednum 1.0.2".formatted(i + 1),
            "rename it as the standard does, or leave it out",
            TableFault.COLUMN_UNKNOWN);
      } else if (columns.put(name, i) != null) {
        faults.add(
            1,
            name,
            name,
            "the column is there twice",
            "leave one of them out",
            TableFault.COLUMN_TWICE);
      }
    }
    for (String required : REQUIRED) {
      if (!columns.containsKey(required)) {
        faults.add(
            1,
            required,
            "",
            "the column is missing",
            "add it; the standard is at schema.data.gouv.fr/LaMednum/standard-mediation-num",
            TableFault.COLUMN_MISSING);
      }
    }
    faults.throwIfAny();
  }

  private void readRow(CSVRecord record, int line) {
    if (record.size() != columns.size()) {
      faults.add(
          line,
          "",
          "%d cells".formatted(record.size()),
          "the row has %d cells and the header %d".formatted(record.size(), columns.size()),
          "put a value that holds the separator between quotation marks",
          TableFault.ROW_LENGTH);
      return;
    }
    Row row = new Row(record, line);
    int before = faults.total;
    Optional<PointOfServiceId> id = id(row);
    Map<String, String> further = further(row);
    Optional<VenueIdentifier> pivot = pivot(row, id, further.getOrDefault("source", ""));
    String name = required(row, "nom", LONGEST_NAME);
    String street = required(row, "adresse", LONGEST_NAME);
    String commune = required(row, "commune", LONGEST_NAME);
    String postcode = postcode(row);
    Optional<Departement> departement = departement(row);
    boolean itinerant = itinerant(row);
    Optional<Double> latitude = degrees(row, "latitude", 90);
    Optional<Double> longitude = degrees(row, "longitude", 180);
    List<String> services = services(row);
    checkUpdated(row);
    MAY_BE_EMPTY.forEach(column -> checkReadable(row, column, row.cell(column)));
    if (row.cell("latitude").isEmpty() != row.cell("longitude").isEmpty()) {
      String missing = row.cell("latitude").isEmpty() ? "latitude" : "longitude";
      row.fault(missing, "a position has both coordinates or none", "add it, or empty both");
    }
    Optional<Holder> holder = holder(row, pivot);
    pivot
        .filter(Ridet.class::isInstance)
        .filter(_ -> departement.isPresent() && !departement.get().code().equals("988"))
        .ifPresent(
            _ ->
                row.fault(
                    "pivot",
                    "10 digits are a RIDET (such as 0123456.001) of Nouvelle-Calédonie, and the"
                        + " commune is in département "
                        + departement.get(),
                    "give the SIRET of 14 digits"));
    if (faults.total > before) {
      return;
    }
    String source = row.cell("source");
    if (!source.isEmpty()) {
      sources.add(source);
    }
    VenueIdentifier identifier = pivot.orElseThrow();
    PointOfService point =
        new PointOfService(
            id.orElseThrow(),
            name,
            street,
            postcode,
            commune,
            row.communeCode(),
            departement.orElseThrow(),
            itinerant,
            latitude,
            longitude,
            services,
            further);
    venues
        .computeIfAbsent(identifier.venueId(), _ -> new Gathered(identifier))
        .add(row, point, holder.orElseThrow());
  }

  private Optional<PointOfServiceId> id(Row row) {
    String written = Normalizer.normalize(row.cell("id"), Normalizer.Form.NFC);
    if (written.isEmpty()) {
      row.fault("id", "the standard requires it", "give each row an id of its own");
      return Optional.empty();
    }
    Integer first = lineOfId.putIfAbsent(written, row.line);
    if (first != null) {
      row.fault("id", "line %d has the same id".formatted(first), "give each row an id of its own");
      return Optional.empty();
    }
    try {
      return Optional.of(new PointOfServiceId(written));
    } catch (IllegalArgumentException _) {
      row.fault(
          "id",
          "an id has 1 to %d characters, all visible and on one line"
              .formatted(PointOfServiceId.LONGEST),
          "shorten it");
      return Optional.empty();
    }
  }

  /** A row without a pivot, or with the zeros that lists write for none, is a venue of its own. */
  private static Optional<VenueIdentifier> pivot(
      Row row, Optional<PointOfServiceId> id, String source) {
    String written = Pivot.compact(row.cell("pivot"));
    if (written.isEmpty() || Siret.isPlaceholder(written)) {
      return id.map(known -> Unidentified.ofRow(source, known.value()));
    }
    return switch (Pivot.read(row.cell("pivot"))) {
      case Pivot.Read(var identifier) -> Optional.of(identifier);
      case Pivot.Unreadable(var message, var remedy) -> {
        row.fault("pivot", message, remedy);
        yield Optional.empty();
      }
    };
  }

  private static String required(Row row, String column, int longest) {
    String value = row.cell(column);
    if (value.isEmpty()) {
      row.fault(column, "the standard requires it", "fill it in");
    } else if (value.length() > longest) {
      row.fault(column, "it is longer than %d characters".formatted(longest), "shorten it");
    } else {
      checkReadable(row, column, value);
    }
    return value;
  }

  /** Others read it on pages, files and paper. A street is told apart by lines in lists in use. */
  private static void checkReadable(Row row, String column, String value) {
    Stream<String> parts =
        column.equals("adresse") ? value.lines().map(String::strip) : Stream.of(value);
    if (!parts.allMatch(part -> part.isEmpty() || ReadableText.fits(part, part.length()))) {
      row.fault(
          column,
          "it holds a character that cannot be seen, or a line break",
          "type it anew, on one line");
    }
  }

  private static String postcode(Row row) {
    String value = row.cell("code_postal");
    if (!POSTCODE.matcher(value).matches()) {
      row.fault(
          "code_postal",
          "a postcode has 5 digits",
          value.length() == 4 ? "put back its leading zero" : "correct it");
    }
    return value;
  }

  private static Optional<Departement> departement(Row row) {
    String code = row.communeCode();
    Optional<Departement> departement = Departement.ofCommune(code);
    if (departement.isEmpty()) {
      row.fault(
          "code_insee",
          code.isEmpty()
              ? "the département of spending is the commune's, which a postcode does not tell for"
                  + " certain"
              : "it is not the INSEE code of a commune, 5 characters such as 01053, 2B033 or 97416",
          code.isEmpty()
              ? "add the INSEE code of %s from the code officiel géographique"
                  .formatted(told(row.cell("commune")))
              : code.length() == 4 ? "put back its leading zero" : "correct it");
    }
    return departement;
  }

  private static Map<String, String> further(Row row) {
    Map<String, String> further = new TreeMap<>();
    for (String column : FURTHER) {
      String value = BLANKS.matcher(row.cell(column)).replaceAll(" ");
      if (ReadableText.fits(value, LONGEST_FURTHER) && !isContact(value)) {
        further.put(column, value);
      }
    }
    for (String column : PAGES) {
      String value = row.cell(column);
      for (String page : several(value)) {
        if (!PAGE.matcher(page).matches() || !ReadableText.fits(page, LONGEST_FURTHER)) {
          row.fault(
              column,
              page,
              "it is not the address of a page, which begins with http:// or https://",
              "write it in full, such as https://www.example.org, or empty it");
        }
      }
      if (!value.isEmpty()) {
        further.put(column, value);
      }
    }
    return further;
  }

  private static boolean itinerant(Row row) {
    List<String> values = several(row.cell("itinerance"));
    if (!ITINERANCE.containsAll(values)) {
      row.fault("itinerance", "it is Itinérant or Fixe, or both with a | between", "correct it");
    }
    return values.contains("Itinérant");
  }

  private Optional<Double> degrees(Row row, String column, int most) {
    String written = row.cell(column);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    String value = separator == ';' ? written.replace(',', '.') : written;
    if (!DEGREES.matcher(value).matches()) {
      row.fault(column, "it is not a number of degrees", "write degrees such as 45.952791");
      return Optional.empty();
    }
    double degrees = Double.parseDouble(value);
    if (Math.abs(degrees) > most) {
      row.fault(
          column,
          "it lies beyond %d degrees".formatted(most),
          "correct it; latitude and longitude may be exchanged");
    }
    return Optional.of(degrees);
  }

  private static List<String> services(Row row) {
    List<String> services = several(row.cell("services"));
    for (String service : services) {
      if (!SERVICES.contains(service)) {
        row.fault(
            "services",
            service,
            "it is none of the nine services of LaMednum 1.0.2",
            "write it as the standard does, with a | between services");
      }
    }
    return services;
  }

  /** Required, and read for its sense only: nothing in clearing depends on it. */
  private static void checkUpdated(Row row) {
    String value = row.cell("date_maj");
    try {
      int year = LocalDate.parse(value).getYear();
      if (year < 2000 || year > 2099) {
        row.fault("date_maj", "the date lies in another century", "correct it");
      }
    } catch (DateTimeException _) {
      row.fault("date_maj", "it is not a date as in 2024-04-02", "write year-month-day");
    }
  }

  private Optional<Holder> holder(Row row, Optional<VenueIdentifier> pivot) {
    String category = row.cell(LEGAL_CATEGORY);
    boolean named = pivot.filter(p -> soleTraders.contains(p.venueId())).isPresent();
    if (category.isEmpty()) {
      // Only persons of another kind are in the RNA.
      boolean association = pivot.filter(Rna.class::isInstance).isPresent();
      if (named && association) {
        row.fault("pivot", "an association is not a sole trader", "leave it out of soleTraders");
      }
      return Optional.of(
          named ? Holder.SOLE_TRADER : association ? Holder.LEGAL_PERSON : Holder.UNSTATED);
    }
    if (!CATEGORY.matcher(category).matches()) {
      row.fault(
          LEGAL_CATEGORY,
          "a catégorie juridique has four digits, such as 1000 or 9220",
          "take it from the venue's avis de situation, or empty it");
      return Optional.empty();
    }
    boolean person = category.startsWith("1");
    if (named && !person) {
      row.fault(
          LEGAL_CATEGORY,
          "soleTraders names the venue and its catégorie juridique is a legal person's",
          "leave it out of soleTraders, or correct the catégorie juridique");
    }
    return Optional.of(person ? Holder.SOLE_TRADER : Holder.LEGAL_PERSON);
  }

  private ListedVenue listed(Gathered venue) {
    Set<Holder> holders = new LinkedHashSet<>(venue.holders);
    holders.remove(Holder.UNSTATED);
    if (holders.size() > 1) {
      faults.add(
          venue.firstLine,
          LEGAL_CATEGORY,
          venue.identifier.venueId().value(),
          "one row of the venue says that it is a person and another that it is not",
          "write the same catégorie juridique in all rows of the venue");
    }
    Holder holder = holders.stream().findFirst().orElse(Holder.UNSTATED);
    SortedMap<String, String> personal = new TreeMap<>();
    if (!venue.telephones.isEmpty()) {
      personal.put(TELEPHONE, String.join("|", venue.telephones));
    }
    if (!venue.eMails.isEmpty()) {
      personal.put(E_MAILS, String.join("|", venue.eMails));
    }
    List<PointOfService> points = venue.points;
    List<String> parents = List.copyOf(venue.parents);
    if (holder == Holder.SOLE_TRADER) {
      points.forEach(point -> takePerson(point, personal));
      points = points.stream().map(ImportVenuesDecision::withoutPerson).toList();
      parents = List.of();
    }
    return new ListedVenue(
        new Listing(
            venue.identifier.venueId(),
            venue.identifier.identifiedBy(),
            holder,
            parents,
            points,
            Optional.empty()),
        personal);
  }

  /** By the list's own column names, so that who opens the entry reads it without a key. */
  private static void takePerson(PointOfService point, SortedMap<String, String> personal) {
    personal.put("nom:" + point.id(), point.name());
    personal.put("adresse:" + point.id(), point.street());
    point.latitude().ifPresent(degrees -> personal.put("latitude:" + point.id(), "" + degrees));
    point.longitude().ifPresent(degrees -> personal.put("longitude:" + point.id(), "" + degrees));
  }

  private static List<String> several(String cell) {
    return Arrays.stream(cell.split("\\|", -1))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .distinct()
        .toList();
  }

  /** A list whose columns are out of step has its contacts anywhere: they are not repeated. */
  private static String told(String value) {
    return isContact(value) ? "(withheld: it looks like a contact)" : Problem.shown(value);
  }

  private static boolean isContact(String value) {
    return value.indexOf('@') >= 0 || TELEPHONE_NUMBER.matcher(value).find();
  }

  /** One row of the right number of cells. */
  private final class Row {
    private final CSVRecord record;
    private final int line;

    Row(CSVRecord record, int line) {
      this.record = record;
      this.line = line;
    }

    /** Empty if the column is not there. */
    String cell(String column) {
      @Nullable Integer index = columns.get(column);
      String cell = index == null ? "" : record.get(index).strip();
      return DISARMED.matcher(cell).matches() ? cell.substring(1) : cell;
    }

    /** Corsica's letter may be small. */
    String communeCode() {
      return Pivot.compact(cell("code_insee"));
    }

    void fault(String column, String message, String remedy) {
      fault(column, cell(column), message, remedy);
    }

    void fault(String column, String value, String message, String remedy) {
      faults.add(
          line,
          column,
          column.equals("pivot") ? Problem.shown(value) : told(value),
          message,
          remedy);
    }
  }

  /** The rows of one venue. */
  private static final class Gathered {
    private final VenueIdentifier identifier;
    private final List<PointOfService> points = new ArrayList<>();
    private final Set<Holder> holders = new LinkedHashSet<>();
    private final Set<String> parents = new LinkedHashSet<>();
    private final Set<String> telephones = new LinkedHashSet<>();
    private final Set<String> eMails = new LinkedHashSet<>();
    private int firstLine;

    Gathered(VenueIdentifier identifier) {
      this.identifier = identifier;
    }

    void add(Row row, PointOfService point, Holder holder) {
      firstLine = points.isEmpty() ? row.line : firstLine;
      points.add(point);
      holders.add(holder);
      String parent = point.further().getOrDefault("structure_parente", "");
      if (!parent.isEmpty()) {
        parents.add(parent);
      }
      telephones.addAll(several(row.cell(TELEPHONE)));
      eMails.addAll(several(row.cell(E_MAILS)));
    }
  }

  private static final class Faults {
    private final List<Fault> told = new ArrayList<>();
    private int total;

    void add(int line, String field, String value, String message, String remedy) {
      add(line, field, value, message, remedy, null);
    }

    void add(
        int line,
        String field,
        String value,
        String message,
        String remedy,
        @Nullable TableFault cause) {
      total++;
      if (told.size() < MOST_FAULTS) {
        told.add(new Fault(line, field, value, message, remedy, cause));
      }
    }

    void throwIfAny() {
      if (total > 0) {
        throw Problem.badRequest(
            "INVALID_VENUE_LIST",
            "%d fault(s) in the list%s; nothing was imported"
                .formatted(
                    total,
                    total > told.size()
                        ? ", of which the first %d are told".formatted(told.size())
                        : ""),
            told);
      }
    }
  }
}
