package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ownership that a rule cannot see: of a subject that the endpoint finds out itself. What the
 * request names belongs into {@link Permit#owner}.
 */
public final class Ownership {
  private Ownership() {}

  /**
   * @param kind FUNDER, VENUE or PRESCRIBER: what {@code id} names
   * @throws Problem 404, as if it did not exist, unless the actor is a clerk or an auditor, or this
   *     very subject. An actor with a subject of another kind owns none of this kind.
   */
  public static void require(Actor actor, Role kind, String id) {
    if (!kind.hasSubject()) {
      throw new IllegalArgumentException(kind + " is no kind of subject");
    }
    boolean allowed =
        actor.role().hasSubject() ? actor.role() == kind && actor.subject().equals(id) : true;
    if (!allowed) {
      throw foreign(kind, id);
    }
  }

  /** One wording for what is another's and for what does not exist. */
  static Problem foreign(Role kind, String id) {
    return Problem.notFound(kind.subjectKind() + " " + Problem.shown(id));
  }

  /**
   * Whose rows of a list are told: whoever belongs to one reads its own, whether or not it names
   * itself; who belongs to none reads those that it asks for.
   *
   * @param kind FUNDER, VENUE or PRESCRIBER: what the rows belong to
   * @param asked null for all
   * @param known throws unless one that is asked for exists
   * @return null for all
   * @throws Problem 404 for an actor with a subject of another kind, which owns none of this kind
   */
  public static <I> @Nullable I whose(
      Actor actor, Role kind, @Nullable I asked, Function<String, I> own, Consumer<I> known) {
    if (actor.role().hasSubject()) {
      require(actor, kind, actor.subject());
      return own.apply(actor.subject());
    }
    if (asked != null) {
      known.accept(asked);
    }
    return asked;
  }
}
