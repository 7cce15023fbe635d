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
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Permit {
  /** The roles that may call it; empty with {@link #everyone} only. */
  Role[] value() default {};

  /**
   * The path variable or query parameter that names the subject; an actor with a subject of its own
   * kind (funder, venue, prescriber) gets 404 for any other than its own, as if it did not exist.
   * Clerks and auditors own nothing and see all. Empty where the endpoint names no subject.
   */
  String owner() default "";

  /** Open without an account: login page, health, public check. */
  boolean everyone() default false;
}
