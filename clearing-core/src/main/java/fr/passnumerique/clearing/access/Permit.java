package fr.passnumerique.clearing.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call an endpoint. Every endpoint and page carries one: one without stops the start and
 * fails the build. Shown in the OpenAPI document as {@code x-roles} and {@code x-owner}, from which
 * the denial matrix is generated.
 *
 * <p>Answered in this order: nobody known → 401 (a page: to the login); a role that is not listed →
 * 403, as one without its {@link #secondFactor}; a subject that is another's → 404, word for word
 * as if it did not exist.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Permit {
  /** The roles that may call it; empty with {@link #everyone} only. */
  Role[] value() default {};

  /**
   * What names the subject that the request is about: {@code funder} or {@code funderId}, {@code
   * venue} or {@code venueId}, {@code prescriber} or {@code prescriberId}. It is the path variable
   * of that name, else the query parameter, else the component of the JSON body's record; an
   * endpoint that has none of them stops the start.
   *
   * <p>An actor of the named kind (a venue for {@code venueId}) must name its own subject; any
   * other is answered 404. Clerks and auditors own nothing, and what they name is not compared. An
   * endpoint that names a subject may list no role that has a subject of another kind: for {@code
   * owner="venueId"} a funder would see every venue, so that such a rule stops the start. List both
   * ({@code owner={"venueId", "funderId"}}) and each is held to its own.
   *
   * <p>A query parameter may be optional: left out it is not compared. Such an endpoint takes the
   * {@link Actor} and narrows the answer itself; one without stops the start.
   *
   * <p>Empty where the request names no subject. Where it names one that belongs to a subject (a
   * slip, a delivery), the endpoint asks {@link Ownership} once it knows whose it is.
   */
  String[] owner() default {};

  /** Open without an account: login page, public check. */
  boolean everyone() default false;

  /**
   * Releases money, changes an account to be paid on, reverses, is the second person's part, or
   * gives logins away: whoever asks has shown a second factor, or is told how to (403 {@code
   * SECOND_FACTOR_REQUIRED}), where {@code pass.access.second-factor} is {@code required}.
   */
  boolean secondFactor() default false;
}
