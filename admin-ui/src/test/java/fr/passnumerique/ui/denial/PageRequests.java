package fr.passnumerique.ui.denial;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;

/** Requests of pages, made up from their handlers so that a subject is named. */
record PageRequests(URI base) {
  HttpRequest.Builder of(
      String method,
      String path,
      HandlerMethod handler,
      List<String> owners,
      String token,
      String subject) {
    Map<String, String> fields = new LinkedHashMap<>();
    boolean file = false;
    for (MethodParameter parameter : handler.getMethodParameters()) {
      if (parameter.hasParameterAnnotation(ModelAttribute.class)
          && parameter.getParameterType().isRecord()) {
        for (RecordComponent component : parameter.getParameterType().getRecordComponents()) {
          if (owners.contains(component.getName())) {
            fields.put(component.getName(), subject);
          }
        }
      }
      RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
      if (declared == null) {
        continue;
      }
      parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
      String given = declared.name().isEmpty() ? declared.value() : declared.name();
      String name = given.isEmpty() ? String.valueOf(parameter.getParameterName()) : given;
      boolean needed =
          declared.required()
              && !parameter.isOptional()
              && declared.defaultValue().equals(ValueConstants.DEFAULT_NONE);
      if (MultipartFile.class.isAssignableFrom(
          parameter.nestedIfOptional().getNestedParameterType())) {
        fields.put(name, "");
        file = true;
      } else if (owners.contains(name)) {
        fields.put(name, subject);
      } else if (needed) {
        fields.put(name, value(parameter.getParameterType()));
      }
    }
    Map<String, String> variables = new HashMap<>();
    Matcher variable = Requests.VARIABLE.matcher(path);
    while (variable.find()) {
      variables.put(variable.group(1), owners.contains(variable.group(1)) ? subject : "X-1");
    }
    boolean get = method.equals("GET");
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(
                Requests.uri(base, Requests.filled(path, variables), get ? fields : Map.of()))
            .timeout(Duration.ofSeconds(60))
            .header("Accept", "text/html");
    if (get) {
      return builder.GET();
    }
    builder.header("X-CSRF-TOKEN", token);
    if (file) {
      builder.header("Content-Type", "multipart/form-data; boundary=matrix");
      return builder.method(
          method, HttpRequest.BodyPublishers.ofString(Requests.multipart(fields)));
    }
    builder.header("Content-Type", "application/x-www-form-urlencoded");
    return builder.method(method, HttpRequest.BodyPublishers.ofString(Requests.encoded(fields)));
  }

  private static String value(Class<?> type) {
    if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
      return "1";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "false";
    }
    return type == LocalDate.class ? "2026-10-01" : "X-1";
  }
}
