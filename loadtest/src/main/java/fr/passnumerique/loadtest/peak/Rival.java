package fr.passnumerique.loadtest.peak;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One way to write the rival.
 *
 * @param tried what it has that the plain one has not
 * @param given for what it is not comparable; empty where it keeps all that the plain one keeps
 * @param changes made to a copy of the filled tables, by the server's administrator
 * @param options of each connection
 * @param submit the statement: of {@link RivalSchema#SUBMIT}'s parameters, or where slips are taken
 *     together of {@link RivalSchema#SUBMIT_TOGETHER}'s
 * @param alone the statement for a slip that nobody waits with, where slips are taken together:
 *     costs it less than the one for several; empty where that is taken all the same
 * @param writers connections that take the slips of all clients together; 0 where each client has a
 *     connection and presents a slip by itself
 * @param claims a query for how many cheques are redeemed
 */
record Rival(
    String name,
    String tried,
    String given,
    List<String> changes,
    List<String> options,
    String submit,
    String alone,
    int writers,
    String claims) {
  /**
   * Planned once for all slips; nested loops keep the order of serials, and are the best plan for
   * some dozens of lines anyway.
   */
  private static final List<String> OPTIONS =
      List.of(
          "plan_cache_mode=force_generic_plan",
          "enable_hashjoin=off",
          "enable_mergejoin=off",
          "enable_seqscan=off");

  private static final String ALONE = "one that is alone by the statement for one";

  Rival {
    changes = List.copyOf(changes);
    options = List.copyOf(options);
  }

  static Rival plain() {
    return new Rival(
        "a statement per slip",
        "a connection per client, prepared once, planned once",
        "",
        List.of(),
        OPTIONS,
        RivalSchema.SUBMIT,
        RivalSchema.SUBMIT,
        0,
        "select count(*) from cheque where status = 2");
  }

  /** The other one of {@code peak}: what {@code rivals} found to be the fastest. */
  static Rival strongest() {
    return together(2).neverAlone();
  }

  static Rival together(int writers) {
    return plain()
        .named(
            "slips together, %s".formatted(writers == 1 ? "1 writer" : writers + " writers"),
            "one statement and one commit for the slips of all clients that wait, on %s; %s"
                .formatted(writers == 1 ? "one connection" : writers + " connections", ALONE))
        .writing(RivalSchema.SUBMIT_TOGETHER)
        .by(writers);
  }

  Rival named(String other, String what) {
    return new Rival(other, what, given, changes, options, submit, alone, writers, claims);
  }

  /** It gives up something that the plain one keeps, and is measured to know what that costs. */
  Rival giving(String up) {
    return new Rival(name, tried, up, changes, options, submit, alone, writers, claims);
  }

  Rival changed(String... sql) {
    List<String> all = new ArrayList<>(changes);
    all.addAll(List.of(sql));
    return new Rival(name, tried, given, all, options, submit, alone, writers, claims);
  }

  /** The last of two that name the same setting holds. */
  Rival with(String... settings) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(settings));
    return new Rival(name, tried, given, changes, all, submit, alone, writers, claims);
  }

  Rival writing(String statement) {
    return new Rival(name, tried, given, changes, options, statement, alone, writers, claims);
  }

  /** One that nobody waits with is presented as several are. */
  Rival neverAlone() {
    return new Rival(
        name + ", never alone",
        tried.replace(ALONE, "one that is alone too"),
        given,
        changes,
        options,
        submit,
        "",
        writers,
        claims);
  }

  /** With both statements written otherwise. */
  Rival rewritten(UnaryOperator<String> design) {
    return new Rival(
        name,
        tried,
        given,
        changes,
        options,
        design.apply(submit),
        design.apply(alone),
        writers,
        claims);
  }

  Rival by(int connections) {
    return new Rival(name, tried, given, changes, options, submit, alone, connections, claims);
  }

  Rival counting(String query) {
    return new Rival(name, tried, given, changes, options, submit, alone, writers, query);
  }

  boolean comparable() {
    return given.isEmpty();
  }

  /** Whether the lines' columns are one parameter. */
  boolean json() {
    return submit.contains("?::jsonb");
  }

  /** For a connection. */
  String optionsText() {
    return "-c " + String.join(" -c ", options);
  }
}
