package io.github.imbalancedspark.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What classes warned of, or logged at all, while this is open. */
public final class Warnings extends AbstractAppender implements AutoCloseable {

  private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
  private final Map<Logger, Level> before = new LinkedHashMap<>();
  private final Level level;

  private Warnings(Level level, Class<?>... sources) {
    super(level + " of " + Arrays.toString(sources), null, null, true, Property.EMPTY_ARRAY);
    this.level = level;
    start();
    for (Class<?> source : sources) {
      Logger logger = (Logger) LogManager.getLogger(source);
      before.put(logger, logger.getLevel());
      logger.addAppender(
          this); // gives the logger a configuration of its own, with its parent's level
    }
    before.keySet().forEach(logger -> logger.setLevel(level)); // which the next appender takes back
  }

  /** Starts to listen. */
  public static Warnings of(Class<?> source) {
    return new Warnings(Level.WARN, source);
  }

  /** Starts to listen to lines about progress too. */
  public static Warnings andProgressOf(Class<?>... sources) {
    return new Warnings(Level.INFO, sources);
  }

  @Override
  public void append(LogEvent event) {
    if (event.getLevel().isInRange(Level.WARN, level)) {
      messages.add(event.getMessage().getFormattedMessage());
    }
  }

  /** Returns the messages so far. */
  public List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    before.forEach(
        (logger, was) -> {
          logger.removeAppender(this);
          logger.setLevel(was);
        });
    stop();
  }
}
