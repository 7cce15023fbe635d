package fr.passnumerique.clearing.access;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Compares the subject that a JSON body names, before the endpoint sees it. */
@ControllerAdvice
final class PermitBody extends RequestBodyAdviceAdapter {
  private final Rules rules;
  private final Denials denials;

  PermitBody(Rules rules, Denials denials) {
    this.rules = rules;
    this.denials = denials;
  }

  @Override
  public boolean supports(
      MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public Object afterBodyRead(
      Object body,
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converter) {
    Rule rule = rules.of(Objects.requireNonNull(parameter.getMethod()));
    Actor actor = SignedIn.current();
    if (rule == null || actor == null) {
      return body;
    }
    for (Rule.Owner owner : rule.owners()) {
      if (owner.place() == Rule.Place.BODY && owner.kind() == actor.role()) {
        String named = named(body, owner);
        if (!actor.subject().equals(named)) {
          denials.foreignSubject();
          throw Ownership.foreign(owner.kind(), named);
        }
      }
    }
    return body;
  }

  private static String named(Object body, Rule.Owner owner) {
    RecordComponent component =
        Objects.requireNonNull(Rule.component(body.getClass(), owner.name()));
    ReflectionUtils.makeAccessible(component.getAccessor());
    Object named = ReflectionUtils.invokeMethod(component.getAccessor(), body);
    return String.valueOf(named instanceof Optional<?> optional ? optional.orElse(null) : named);
  }
}
