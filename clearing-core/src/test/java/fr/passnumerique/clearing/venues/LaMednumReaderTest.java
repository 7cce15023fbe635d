package fr.passnumerique.clearing.venues;

import static fr.passnumerique.clearing.venues.LaMednumList.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.TableFault;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.ImportVenues.Holder;
import fr.passnumerique.clearing.venues.ImportVenues.Listing;
import fr.passnumerique.clearing.venues.LaMednumReader.ListedVenue;
import fr.passnumerique.clearing.venues.LaMednumReader.VenueList;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaMednumReaderTest {
  private static final VenueId BUS = new VenueId(LaMednumList.BUS_SIRET);

  @Test
  void theBusIsOneVenueWithTwelveStopsInTwelveCommunesOfTheCharente() {
    VenueList list = read(LaMednumList.bus());

    assertThat(list.rows()).isEqualTo(12);
    assertThat(list.sources()).containsExactly("bus-france-services-charente");
    assertThat(list.venues()).hasSize(1);
    Listing bus = list.venues().getFirst().listing();
    assertThat(bus.venue()).isEqualTo(BUS);
    assertThat(bus.identifiedBy()).isEqualTo(IdentifiedBy.SIRET);
    assertThat(bus.holder()).isEqualTo(Holder.UNSTATED);
    assertThat(bus.parents()).containsExactly("Emmaus Ruffec");
    assertThat(bus.pointsOfService()).hasSize(12).allMatch(PointOfService::itinerant);
    assertThat(bus.pointsOfService())
        .extracting(PointOfService::communeCode)
        .doesNotHaveDuplicates();
    assertThat(departements(list)).containsExactly(new Departement("16"));
    assertThat(list.venues().getFirst().personal()).isEmpty();
  }

  @Test
  void whatTheBussListWritesIsKeptAsItIs() {
    List<PointOfService> stops =
        read(LaMednumList.bus()).venues().getFirst().listing().pointsOfService();

    assertThat(stops.getFirst())
        .isEqualTo(
            new PointOfService(
                new PointOfServiceId("bus-charente-1"),
                "Bus France Services - [Face à la boulangerie]",
                "Rue du Chant du Coq",
                "16140",
                "Saint-Fraigne",
                "16317",
                new Departement("16"),
                true,
                Optional.of(45.952791),
                Optional.of(-0.008588),
                List.of(
                    "Aide aux démarches administratives",
                    "Insertion professionnelle via le numérique"),
                Map.of(
                    "horaires",
                    "Mo 09:30-12:30,13:30-15:30; PH off",
                    "source",
                    "bus-france-services-charente",
                    "itinerance",
                    "Itinérant",
                    "structure_parente",
                    "Emmaus Ruffec",
                    "date_maj",
                    "2022-06-01",
                    "dispositif_programmes_nationaux",
                    "France Services",
                    "autres_formations_labels",
                    "APTIC")));
    PointOfService valence = stops.get(3);
    assertThat(valence.commune()).isEqualTo("Valence");
    assertThat(valence.departement()).as("by its commune, not its position").hasToString("16");
    assertThat(valence.latitude()).contains(43.451334);
    assertThat(stops.get(4).street()).isEqualTo("2 Place Arsène Roudy\nSaint-Angeau");
    assertThat(stops.getLast().id()).isEqualTo(new PointOfServiceId("bus-charente-12"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nom", "commune", "adresse", "structure_parente", "telephone", "courriels"})
  void aTextThatOthersReadHoldsNothingThatCannotBeSeen(String column) {
    for (String unseen : List.of("\u202e", "\u200b", "\u0000")) {
      Problem problem =
          catchThrowableOfType(Problem.class, () -> read(with(column, "Rue" + unseen + "Neuve")));
      assertThat(problem).as("U+%04X", (int) unseen.charAt(0)).isNotNull();
      assertThat(problem.faults()).extracting(Fault::field).containsExactly(column);
      assertThat(problem.faults()).extracting(Fault::value).containsExactly("Rue?Neuve");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "www.example.org",
        "https://",
        "https://user@example.org/",
        "https://example.org/|javascript:alert(1)",
        "https://exa mple.org/",
      })
  void anAddressThatIsNoPageIsRefusedByLineFieldValueAndRemedy(String address) {
    for (String column : List.of("site_web", "fiche_acces_libre", "prise_rdv")) {
      Problem problem = catchThrowableOfType(Problem.class, () -> read(with(column, address)));
      assertThat(problem).as(address).isNotNull();
      assertThat(problem.faults()).extracting(Fault::field).containsExactly(column);
      assertThat(problem.faults().getFirst().line()).isEqualTo(2);
      assertThat(problem.faults().getFirst().remedy()).contains("https://");
    }
  }

  @Test
  void addressesOfPagesAreKept() {
    String pages = "https://www.example.org/a?b=c#d|http://example.org";
    assertThat(onlyPoint(with("site_web", pages)).further()).containsEntry("site_web", pages);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+33", "-x", "@home", "''=x"})
  void anApostropheThatDisarmsAFormulaIsTakenOff(String name) {
    assertThat(onlyPoint(with("nom", "'" + name)).name()).isEqualTo(name);
  }

  @Test
  void anApostropheOfTheNameItselfStays() {
    assertThat(onlyPoint(with("nom", "'t Huis")).name()).isEqualTo("'t Huis");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tel 05 45 31 00 00", "jeanne@example.org", "+33545310000"})
  void whatLooksLikeAContactIsNotPassedOn(String text) {
    assertThat(onlyPoint(with("complement_adresse", text)).further())
        .doesNotContainKey("complement_adresse");
    assertThat(onlyPoint(with("presentation_detail", "Accueil")).further())
        .doesNotContainKey("presentation_detail");
  }

  private static PointOfService onlyPoint(String list) {
    return only(list).listing().pointsOfService().getFirst();
  }

  @Test
  void onlyAStreetMayHaveLines() {
    assertThat(read(with("adresse", "1 place d'Armes\nSaint-Angeau")).rows()).isEqualTo(1);
    Problem problem =
        catchThrowableOfType(Problem.class, () -> read(with("nom", "Médiathèque\nde Ruffec")));
    assertThat(problem.faults()).extracting(Fault::field).containsExactly("nom");
  }

  @Test
  void thePostOfficesAreNinetyFiveVenuesInNinetyTwoDepartements() {
    VenueList list = read(LaMednumList.post());

    assertThat(list.rows()).isEqualTo(95);
    assertThat(list.venues()).hasSize(95);
    assertThat(list.venues())
        .extracting(ListedVenue::listing)
        .allMatch(venue -> venue.pointsOfService().size() == 1)
        .allMatch(venue -> venue.identifiedBy() == IdentifiedBy.SIRET)
        .allMatch(venue -> venue.venue().value().startsWith("356000000"))
        .flatExtracting(Listing::pointsOfService)
        .noneMatch(point -> ((PointOfService) point).itinerant());
    Map<Departement, Long> offices =
        list.venues().stream()
            .collect(
                Collectors.groupingBy(
                    venue -> venue.listing().pointsOfService().getFirst().departement(),
                    Collectors.counting()));
    assertThat(offices).hasSize(92);
    assertThat(offices.entrySet())
        .filteredOn(entry -> entry.getValue() > 1)
        .extracting(entry -> entry.getKey().code(), Map.Entry::getValue)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("59", 2L),
            org.assertj.core.groups.Tuple.tuple("69", 2L),
            org.assertj.core.groups.Tuple.tuple("91", 2L));
    assertThat(offices.keySet().stream().map(Departement::code))
        .contains("2B", "971", "972", "973", "974", "976")
        .doesNotContain("2A", "20");
  }

  @Test
  void bothListsReadAsOneWouldAreInNinetyTwoDepartements() {
    Set<Departement> all = departements(read(LaMednumList.post()));
    all.addAll(departements(read(LaMednumList.bus())));

    assertThat(all).hasSize(92);
  }

  @Test
  void columnsMayComeInAnyOrderAndThoseThatAreNotNeededMayBeMissing() {
    String list =
        """
        date_maj,code_insee,nom,pivot,adresse,id,commune,code_postal
        2024-04-02,2A004,Casa,%s,Cours Napoléon,a,Ajaccio,20000
        """
            .formatted(LaMednumList.BUS_SIRET);

    PointOfService point = only(list).listing().pointsOfService().getFirst();
    assertThat(point.departement()).hasToString("2A");
    assertThat(point.latitude()).isEmpty();
    assertThat(point.services()).isEmpty();
    assertThat(point.itinerant()).isFalse();
  }

  @Test
  void aFrenchSpreadsheetSeparatesBySemicolonsAndWritesDecimalCommas() {
    String list =
        """
        id;pivot;nom;commune;code_postal;code_insee;adresse;latitude;longitude;date_maj
        a;401 092 267 00020;"Lieu; ou presque";Ruffec;16700;16292;1 rue;46,0287;-0,5;2024-04-02
        """;

    PointOfService point = only(list).listing().pointsOfService().getFirst();
    assertThat(point.name()).isEqualTo("Lieu; ou presque");
    assertThat(point.latitude()).contains(46.0287);
    assertThat(point.longitude()).contains(-0.5);
  }

  @Test
  void aDecimalCommaBetweenCommasIsRefused() {
    assertFault(with("latitude", "46,0287"), 2, "latitude", "46,0287", "not a number of degrees");
  }

  @Test
  void aFileThatIsNotThisTableIsToldByItsCause() {
    String list = with("id", "a");
    String header = list.lines().findFirst().orElseThrow();
    String rows = list.substring(header.length());
    assertThat(causes("Montant," + header + rows)).containsExactly(TableFault.COLUMN_UNKNOWN);
    assertThat(causes("id," + header + rows)).containsExactly(TableFault.COLUMN_TWICE);
    assertThat(causes(header.replace("date_maj", "source") + rows))
        .contains(TableFault.COLUMN_MISSING);
    assertThat(causes(header.replace(',', '\t') + rows)).containsExactly(TableFault.SEPARATOR);
    assertThat(causes(rows.strip())).containsExactly(TableFault.HEADER_MISSING);
    assertThat(causes("")).containsExactly(TableFault.HEADER_MISSING);
    assertThat(causes(header)).containsExactly(TableFault.ROWS_MISSING);
    assertThat(causes(header + "\na,b")).contains(TableFault.ROW_LENGTH);
    assertThat(causes(header + "\n\"a")).containsExactly(TableFault.QUOTE_OPEN);
  }

  private static List<TableFault> causes(String list) {
    return catchThrowableOfType(Problem.class, () -> read(list)).faults().stream()
        .map(Fault::cause)
        .toList();
  }

  @Test
  void emptyLinesAreNoRowsAndDoNotShiftTheCount() {
    String list = with("id", "a").replace("\r\n\"a\"", "\r\n\r\n\"a\"") + "\r\n\r\n";

    assertThat(read(list).rows()).isEqualTo(1);
    assertFault(list.replace("2024-04-02", "x"), 3, "date_maj", "x", "not a date");
  }

  @Test
  void aRowIsNamedByTheLineThatItBeginsOnAlsoAfterAnAddressOfTwoLines() {
    String list = LaMednumList.bus().replace("\"bus-charente-7\"", "\"\"");

    assertFault(list, 9, "id", "", "standard requires it");
    assertThat(list.split("\n")[8]).startsWith("\"\",");
  }

  @ParameterizedTest
  @CsvSource({"id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "date_maj"})
  void aMissingColumnIsNamedWhereTheListCannotDoWithoutIt(String column) {
    String list = with().replace('"' + column + '"', '"' + "prise_rdv" + '"');

    assertFault(list, 1, column, "", "column is missing");
  }

  @ParameterizedTest
  @CsvSource({"id", "nom", "commune", "code_postal", "code_insee", "adresse", "date_maj"})
  void anEmptyCellIsNamedWhereTheListCannotDoWithoutIt(String column) {
    Fault fault = onlyFault(with(column, " "));

    assertThat(fault.line()).isEqualTo(2);
    assertThat(fault.field()).isEqualTo(column);
    assertThat(fault.remedy()).isNotBlank();
  }

  @Test
  void aColumnOfAnotherVersionIsNamed() {
    assertFault(with("courriel", ""), 1, "courriel", "courriel", "none of LaMednum 1.0.2");
  }

  @Test
  void aColumnThatIsThereTwiceIsNamed() {
    assertFault(with().replace("\"structure_parente\"", "\"nom\""), 1, "nom", "nom", "there twice");
  }

  @Test
  void aListWithoutItsHeaderDoesNotHaveItsContactsRepeated() {
    String list = with("telephone", "+33545310000", "courriels", "jean.dupont@example.org");
    Problem problem = refused(list.substring(list.indexOf('\n') + 1));

    assertThat(problem.faults())
        .extracting(Fault::field, Fault::value)
        .allMatch(told -> !told.toString().contains("dupont"))
        .allMatch(told -> !told.toString().contains("33545310000"));
  }

  @Test
  void anEmptyListIsRefused() {
    assertFault("\n", 1, "", "", "none of LaMednum 1.0.2");
    assertFault(with().lines().findFirst().orElseThrow(), 1, "", "", "no row");
  }

  @Test
  void aRowWithACellTooFewOrTooManyIsNamed() {
    String good = with();

    assertFault(good.strip() + ",\"x\"\r\n", 2, "", "17 cells", "17 cells and the header 16");
    assertFault(
        good.replace(",\"Aide aux démarches administratives\"", ""),
        2,
        "",
        "15 cells",
        "15 cells and the header 16");
  }

  @Test
  void aQuotationMarkThatIsNotClosedIsNamedWhereItsRowBegins() {
    String list = new LaMednumList().row().row().row().csv();
    int third = list.lastIndexOf("\"Médiathèque\"");

    assertFault(
        list.substring(0, third) + list.substring(third).replace("Médiathèque\"", "Médiathèque"),
        4,
        "",
        "",
        "not CSV");
    assertFault(list.strip().substring(0, list.strip().length() - 1), 4, "", "", "not CSV");
  }

  @Test
  void theSecondRowOfAnIdIsNamedWithTheFirst() {
    assertFault(
        new LaMednumList().row("id", "a").row("id", "b").row("id", "a").csv(),
        4,
        "id",
        "a",
        "line 2 has the same id");
  }

  @ParameterizedTest
  @CsvSource({
    "40109226700021, check digit",
    "401092267, SIREN",
    "inconnu, SIRET (14 digits)",
  })
  void aPivotThatNamesNobodyIsShownWithWhatIsWrongWithIt(String pivot, String told) {
    assertFault(with("pivot", pivot), 2, "pivot", pivot, told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "00000000000000", "000 000 000 00000"})
  void aRowWithoutAnIdentifierIsAVenueOfItsOwnThatIsNotPaid(String pivot) {
    VenueList list = read(new LaMednumList().row("pivot", pivot).row("pivot", pivot).csv());

    assertThat(list.venues()).hasSize(2);
    Listing first = list.venues().getFirst().listing();
    assertThat(first.identifiedBy()).isEqualTo(IdentifiedBy.NONE);
    assertThat(first.venue().value()).matches("SANS-[0-9A-F]{16}");
    assertThat(only(with("pivot", "")).listing().venue())
        .as("the same row, the same name")
        .isEqualTo(first.venue());
    assertThat(only(with("pivot", "", "source", "autre")).listing().venue())
        .isNotEqualTo(first.venue());
  }

  @Test
  void tenDigitsAreARidetInNouvelleCaledonieOnly() {
    assertFault(with("pivot", "0123456001"), 2, "pivot", "0123456001", "Nouvelle-Calédonie");
    Listing venue =
        only(with("pivot", "0123456.001", "code_insee", "98818", "code_postal", "98800")).listing();
    assertThat(venue.identifiedBy()).isEqualTo(IdentifiedBy.RIDET);
    assertThat(venue.venue()).isEqualTo(new VenueId("0123456001"));
  }

  @ParameterizedTest
  @CsvSource({
    "01053, 01",
    "2A004, 2A",
    "2b033, 2B",
    "69387, 69",
    "75105, 75",
    "97105, 971",
    "97611, 976",
    "97502, 975",
    "97801, 978",
    "98735, 987",
  })
  void theDepartementIsTheCommunesWhateverThePostcodeSays(String commune, String departement) {
    assertThat(
            only(with("code_insee", commune, "code_postal", "20200"))
                .listing()
                .pointsOfService()
                .getFirst()
                .departement())
        .hasToString(departement);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20004", "00001", "96001", "99100", "1053", "97900", "2C001", "ABCDE"})
  void whatIsNoCommunesCodeIsRefused(String code) {
    assertFault(with("code_insee", code), 2, "code_insee", code, "not the INSEE code of a commune");
  }

  @Test
  void aRowWithoutCommuneCodeIsNotPlacedByItsPostcode() {
    Fault fault = onlyFault(with("code_insee", "", "code_postal", "16700"));

    assertThat(fault.message()).contains("postcode does not tell");
    assertThat(fault.remedy()).contains("Ruffec", "code officiel géographique");
  }

  @ParameterizedTest
  @CsvSource({"1000, leading zero", "167000, correct it", "16 700, correct it"})
  void aPostcodeHasFiveDigits(String postcode, String remedy) {
    assertThat(onlyFault(with("code_postal", postcode)).remedy()).contains(remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "latitude, 90.000001, beyond 90",
    "latitude, -91, beyond 90",
    "longitude, 180.1, beyond 180",
    "longitude, 999, beyond 180",
    "latitude, NaN, not a number",
    "latitude, 1e1, not a number",
    "longitude, 5°, not a number",
  })
  void aPositionOffTheEarthIsRefused(String column, String value, String told) {
    assertFault(with(column, value), 2, column, value, told);
  }

  @Test
  void thePolesAndTheDateLineAreOnTheEarth() {
    PointOfService point =
        only(with("latitude", "-90", "longitude", "180")).listing().pointsOfService().getFirst();

    assertThat(point.latitude()).contains(-90.0);
    assertThat(point.longitude()).contains(180.0);
  }

  @Test
  void halfAPositionIsRefusedAndNoneIsNot() {
    assertFault(with("latitude", ""), 2, "latitude", "", "both coordinates or none");
    assertThat(read(with("latitude", "", "longitude", "")).rows()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "02/04/2024, not a date",
    "2024-02-30, not a date",
    "2024-4-2, not a date",
    "1999-12-31, another century",
    "2100-01-01, another century",
    "0024-04-02, another century",
  })
  void aDayThatIsNoneOrInAnotherCenturyIsRefused(String day, String told) {
    assertFault(with("date_maj", day), 2, "date_maj", day, told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000-01-01", "2099-12-31", "2024-02-29"})
  void theFirstAndTheLastDayOfTheCenturyAreInIt(String day) {
    assertThat(read(with("date_maj", day)).rows()).isEqualTo(1);
  }

  @Test
  void aServiceOfAnotherVersionIsRefusedByItsName() {
    assertFault(
        with("services", "Aide aux démarches administratives|Utiliser le numérique au quotidien"),
        2,
        "services",
        "Utiliser le numérique au quotidien",
        "none of the nine services");
  }

  @Test
  void servicesAreSplitAndEachIsKeptOnce() {
    assertThat(
            only(with(
                    "services",
                    "Loisirs et créations numériques|| Aide aux démarches administratives |Loisirs"
                        + " et créations numériques"))
                .listing()
                .pointsOfService()
                .getFirst()
                .services())
        .containsExactly("Loisirs et créations numériques", "Aide aux démarches administratives");
  }

  @Test
  void aPlaceMayBeItinerantAndFixed() {
    assertThat(
            only(with("itinerance", "Fixe|Itinérant"))
                .listing()
                .pointsOfService()
                .getFirst()
                .itinerant())
        .isTrue();
    assertFault(with("itinerance", "Mobile"), 2, "itinerance", "Mobile", "Itinérant or Fixe");
  }

  @Test
  void anIdMayHaveAccentsAndAHundredCharacters() {
    String id = "Étapes-numériques_" + "x".repeat(82);

    assertThat(only(with("id", id)).listing().pointsOfService().getFirst().id())
        .isEqualTo(new PointOfServiceId(id));
    assertThat(onlyFault(with("id", id + "x")).message()).contains("1 to 100 characters");
  }

  @Test
  void allThatIsWrongIsToldUpToAHundredFaultsAndCounted() {
    LaMednumList list = new LaMednumList();
    for (int i = 0; i < 60; i++) {
      list.row("code_postal", "x", "date_maj", "x");
    }
    Problem problem = refused(list.csv());

    assertThat(problem.faults()).hasSize(100);
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem).hasMessageContaining("120 fault(s)").hasMessageContaining("first 100");
  }

  @Test
  void contactsAreNotInTheListingButAside() {
    ListedVenue venue =
        only(
            new LaMednumList()
                .row("telephone", "+33545310000", "courriels", "a@example.org|b@example.org")
                .row("telephone", "+33545310000", "courriels", "c@example.org")
                .csv());

    assertThat(venue.personal())
        .containsExactly(
            Map.entry("courriels", "a@example.org|b@example.org|c@example.org"),
            Map.entry("telephone", "+33545310000"));
    assertThat(venue.listing().toString()).doesNotContain("example.org", "33545310000");
  }

  @Test
  void theNameStreetAndPositionOfASoleTraderNamedBesideTheListAreNotInTheListingButAside() {
    ListedVenue venue =
        LaMednumReader.read(
                with(
                    "id",
                    "p1",
                    "nom",
                    "Jeanne Martin",
                    "adresse",
                    "3 rue Neuve",
                    "structure_parente",
                    "Martin et fille"),
                Set.of(BUS))
            .venues()
            .getFirst();

    assertThat(venue.listing().holder()).isEqualTo(Holder.SOLE_TRADER);
    assertThat(venue.listing().toString())
        .doesNotContain("Martin", "rue Neuve", "46.0287", "0.1989");
    assertThat(venue.personal())
        .containsExactly(
            Map.entry("adresse:p1", "3 rue Neuve"),
            Map.entry("latitude:p1", "46.0287"),
            Map.entry("longitude:p1", "0.1989"),
            Map.entry("nom:p1", "Jeanne Martin"));
    assertThat(venue.listing().pointsOfService().getFirst().commune()).isEqualTo("Ruffec");
  }

  @ParameterizedTest
  @CsvSource({"1000, SOLE_TRADER", "1900, SOLE_TRADER", "9220, LEGAL_PERSON", "5710, LEGAL_PERSON"})
  void theCategorieJuridiqueSaysWhetherTheVenueIsAPerson(String category, Holder holder) {
    assertThat(only(with("categorie_juridique", category)).listing().holder()).isEqualTo(holder);
  }

  @Test
  void whatIsSaidBesideTheListAndInItMustAgree() {
    String association = with("categorie_juridique", "9220");
    assertThatThrownBy(() -> LaMednumReader.read(association, Set.of(BUS)))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> assertThat(p.faults().getFirst().field()).isEqualTo("categorie_juridique"));
    assertFault(
        new LaMednumList()
            .row("categorie_juridique", "1000")
            .row("categorie_juridique", "9220")
            .csv(),
        2,
        "categorie_juridique",
        BUS.value(),
        "one row of the venue says that it is a person");
    assertFault(with("categorie_juridique", "92"), 2, "categorie_juridique", "92", "four digits");
  }

  @Test
  void aSoleTraderThatIsNotOnTheListIsAMistakeThatWouldMakeANamePublic() {
    VenueId other = new VenueId("73282932000074");

    assertThatThrownBy(() -> LaMednumReader.read(with(), Set.of(other)))
        .isInstanceOfSatisfying(
            Problem.class,
            p ->
                assertThat(p.faults())
                    .containsExactly(
                        new Fault(
                            0,
                            "soleTraders",
                            "73282932000074",
                            "the venue is not on the list",
                            "correct its identifier, or leave it out")));
  }

  @Test
  void anAssociationIsNoPerson() {
    String list = with("pivot", "W161000119");

    assertThat(only(list).listing().holder()).isEqualTo(Holder.LEGAL_PERSON);
    assertThatThrownBy(() -> LaMednumReader.read(list, Set.of(new VenueId("W161000119"))))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> assertThat(p.faults().getFirst().message()).contains("not a sole trader"));
  }

  private static VenueList read(String list) {
    return LaMednumReader.read(list, Set.of());
  }

  private static ListedVenue only(String list) {
    assertThat(read(list).venues()).hasSize(1);
    return read(list).venues().getFirst();
  }

  private static Set<Departement> departements(VenueList list) {
    return list.venues().stream()
        .flatMap(venue -> venue.listing().pointsOfService().stream())
        .map(PointOfService::departement)
        .collect(Collectors.toSet());
  }

  private static Problem refused(String list) {
    Problem problem = catchThrowableOfType(Problem.class, () -> read(list));
    assertThat(problem).as("refused").isNotNull();
    assertThat(problem.code()).isEqualTo("INVALID_VENUE_LIST");
    return problem;
  }

  private static Fault onlyFault(String list) {
    assertThat(refused(list).faults()).hasSize(1);
    return refused(list).faults().getFirst();
  }

  private static void assertFault(String list, int line, String field, String value, String told) {
    Problem problem = refused(list);
    assertThat(problem.faults())
        .as(problem.faults().toString())
        .anySatisfy(
            fault -> {
              assertThat(fault.line()).isEqualTo(line);
              assertThat(fault.field()).isEqualTo(field);
              assertThat(fault.value()).isEqualTo(value);
              assertThat(fault.message()).contains(told);
              assertThat(fault.remedy()).isNotBlank();
            });
  }
}
