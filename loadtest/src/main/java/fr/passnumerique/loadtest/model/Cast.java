package fr.passnumerique.loadtest.model;

import java.util.List;

/** Who and what stories are about, by their names. */
final class Cast {
  static final List<String> DEPARTEMENTS = List.of("16", "19", "23", "2A", "75", "974");
  static final List<String> SERVICES =
      List.of("Aide aux démarches administratives", "Utilisation sécurisée du numérique", "Autre");
  static final List<String> PUBLICS = List.of("job-seeker", "student");
  static final List<String> FUNDERS =
      List.of("etat", "region", "departement", "epci", "fondation", "communes", "caf");
  static final List<String> VENUES =
      List.of(
          "40109226700020", "21230096100018", "13002526500013", "21870085000016", "26190015500017");
  static final List<String> PERSONS = List.of("person-1", "person-2", "person-3", "person-4");

  /** Those of the venues that are SIRETs by their check digit. */
  static final List<String> VALID = List.of("40109226700020", "13002526500013");

  static final List<String> IBANS = List.of("iban-1", "iban-2", "iban-3", "iban-4");

  private final World world;
  private final Dice dice;
  private int number;

  Cast(World world, Dice dice) {
    this.world = world;
    this.dice = dice;
  }

  /** Of the last identifier that was given. */
  int number() {
    return number;
  }

  String id(String kind) {
    return kind + "-" + ++number;
  }

  String venue() {
    return dice.percent(98) ? dice.of(List.copyOf(world.venues.keySet())) : VENUES.getLast();
  }

  String point(String venue) {
    World.Venue listed = world.venues.get(venue);
    return listed == null ? "nowhere" : dice.of(List.copyOf(listed.departementOfPoint.keySet()));
  }

  String prescriber() {
    return dice.percent(97) ? dice.of(List.copyOf(world.prescribers)) : "nobody";
  }

  Cheque anyCheque() {
    return dice.of(dice.of(world.batches).cheques);
  }
}
