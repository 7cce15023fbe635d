package fr.passnumerique.clearing.access;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;

/** A {@link Permit}, read once and found to make sense. */
record Rule(boolean everyone, Set<Role> roles, List<Owner> owners, boolean secondFactor) {

  /** Where a request names a subject. */
  record Owner(Role kind, String name, Place place) {}

  enum Place {
    PATH,
    QUERY,
    BODY
  }

  /** The rule makes no sense; the message tells why. */
  static final class Senseless extends Exception {
    private static final long serialVersionUID = 1L;

    Senseless(String message) {
      super(message);
    }
  }

  boolean permits(Role role) {
    return everyone || roles.contains(role);
  }

  /**
   * @param patterns the paths of the handler, each with its variables in braces
   */
  static Rule of(HandlerMethod handler, Set<String> patterns) throws Senseless {
    Permit permit = handler.getMethodAnnotation(Permit.class);
    if (permit == null) {
      throw new Senseless("has no @Permit");
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    roles.addAll(Arrays.asList(permit.value()));
    if (permit.everyone()) {
      if (!roles.isEmpty() || permit.owner().length > 0) {
        throw new Senseless("is open to everyone and names roles or an owner");
      }
      if (permit.secondFactor()) {
        throw new Senseless("is open to everyone and asks for a second factor");
      }
      if (takesActor(handler, true)) {
        throw new Senseless(
            "is open to everyone and takes an Actor; make it @Nullable or Optional");
      }
    } else if (roles.isEmpty()) {
      throw new Senseless("permits nobody");
    }
    List<Owner> owners = new ArrayList<>();
    for (String name : permit.owner()) {
      owners.add(owner(handler, patterns, name));
    }
    if (!owners.isEmpty()) {
      for (Role role : roles) {
        if (role.hasSubject() && owners.stream().noneMatch(owner -> owner.kind() == role)) {
          throw new Senseless(
              "permits %s, but names no %s that could be compared: it would get to see those of all"
                  .formatted(role, role.subjectKind()));
        }
      }
      for (Owner owner : owners) {
        if (!roles.contains(owner.kind())) {
          throw new Senseless(
              "names the owner %s, but does not permit %s".formatted(owner.name(), owner.kind()));
        }
      }
    }
    return new Rule(
        permit.everyone(), Set.copyOf(roles), List.copyOf(owners), permit.secondFactor());
  }

  private static Owner owner(HandlerMethod handler, Set<String> patterns, String name)
      throws Senseless {
    Role kind = kindOf(name);
    if (kind == null) {
      throw new Senseless(
          "names the owner %s, which is no funder, venue or prescriber".formatted(name));
    }
    if (!patterns.isEmpty() && patterns.stream().allMatch(path -> hasVariable(path, name))) {
      return new Owner(kind, name, Place.PATH);
    }
    for (MethodParameter parameter : handler.getMethodParameters()) {
      RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
      if (query != null && name.equals(nameOf(parameter, query))) {
        boolean optional =
            !query.required()
                || parameter.isOptional()
                || !ValueConstants.DEFAULT_NONE.equals(query.defaultValue());
        if (optional) {
          requireNarrowing(handler, name);
        }
        return new Owner(kind, name, Place.QUERY);
      }
      if (parameter.hasParameterAnnotation(ModelAttribute.class)
          && component(parameter.getParameterType(), name) != null) {
        requireNarrowing(handler, name);
        return new Owner(kind, name, Place.QUERY);
      }
      if (parameter.hasParameterAnnotation(RequestBody.class)
          && component(parameter.getParameterType(), name) != null) {
        return new Owner(kind, name, Place.BODY);
      }
    }
    throw new Senseless(
        "names the owner %s, which is no path variable, query parameter or component of its body"
            .formatted(name));
  }

  private static void requireNarrowing(HandlerMethod handler, String name) throws Senseless {
    if (!takesActor(handler, false)) {
      throw new Senseless(
          "may be called without %s and takes no Actor by which it could narrow its answer"
              .formatted(name));
    }
  }

  private static @Nullable Role kindOf(String name) {
    String kind = name.endsWith("Id") ? name.substring(0, name.length() - 2) : name;
    for (Role role : Role.values()) {
      if (role.hasSubject() && role.subjectKind().equals(kind)) {
        return role;
      }
    }
    return null;
  }

  private static boolean hasVariable(String pattern, String name) {
    return pattern.contains("{" + name + "}") || pattern.contains("{" + name + ":");
  }

  private static @Nullable String nameOf(MethodParameter parameter, RequestParam query) {
    if (!query.name().isEmpty()) {
      return query.name();
    }
    return query.value().isEmpty() ? parameter.getParameter().getName() : query.value();
  }

  static @Nullable RecordComponent component(Class<?> type, String name) {
    if (!type.isRecord()) {
      return null;
    }
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static boolean takesActor(HandlerMethod handler, boolean required) {
    return Arrays.stream(handler.getMethodParameters())
        .anyMatch(
            parameter ->
                parameter.nestedIfOptional().getNestedParameterType() == Actor.class
                    && !(required && optional(parameter)));
  }

  static boolean optional(MethodParameter parameter) {
    return parameter.getParameterType() == Optional.class || parameter.isOptional();
  }
}
