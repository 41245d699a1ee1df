package io.github.imbalancedspark.internal;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import scala.collection.immutable.Seq;

/**
 * Columns that a Java function computes from values as Spark's engine holds them, called straight
 * from the query's generated code: unlike a UDF it makes no objects of vectors and back. None of
 * these columns is ever null.
 */
public final class EngineCalls {

  /** Turns columns into expressions and back in Spark 4; in Spark 3 they hold one another. */
  private static final Class<?> CONVERTER = converter();

  private EngineCalls() {}

  /** A number made of a vector, which {@link VectorRow} reads; {@code null} for a null vector. */
  @FunctionalInterface
  public interface OfVector extends Serializable {
    /** Returns the number. */
    double apply(InternalRow vector);
  }

  /** A number made of an array of doubles. */
  @FunctionalInterface
  public interface OfArray extends Serializable {
    /** Returns the number. */
    double apply(ArrayData values);
  }

  /** A number made of a number. */
  @FunctionalInterface
  public interface OfNumber extends Serializable {
    /** Returns the number. */
    double apply(double value);
  }

  /** A vector, which {@link VectorRow#dense} makes, of two numbers. */
  @FunctionalInterface
  public interface VectorOfNumbers extends Serializable {
    /** Returns the vector. */
    InternalRow apply(double first, double second);
  }

  /** Returns the column of {@code function} of a column of vectors. */
  public static Column ofVector(OfVector function, Column vector) {
    return call(OfVector.class, function, DataTypes.DoubleType, functions.unwrap_udt(vector));
  }

  /** Returns the column of {@code function} of a column of arrays of doubles, none of them null. */
  public static Column ofArray(OfArray function, Column array) {
    return call(OfArray.class, function, DataTypes.DoubleType, array);
  }

  /** Returns the column of {@code function} of a column of doubles without nulls. */
  public static Column ofNumber(OfNumber function, Column value) {
    return call(OfNumber.class, function, DataTypes.DoubleType, value);
  }

  /** Returns the column of {@code function} of two columns of doubles without nulls. */
  public static Column vectorOfNumbers(VectorOfNumbers function, Column first, Column second) {
    return call(VectorOfNumbers.class, function, SQLDataTypes.VectorType(), first, second);
  }

  private static <F> Column call(Class<F> type, F function, DataType result, Column... arguments) {
    List<Expression> expressions = new ArrayList<>();
    for (Column argument : arguments) {
      expressions.add(expression(argument));
    }
    return column(
        new Invoke(
            new Literal(function, new ObjectType(type)),
            "apply",
            result,
            seq(expressions),
            EngineCalls.<AbstractDataType>seq(List.of()),
            false, // a null argument is passed on, not turned into a null result
            false, // the result is never null
            true)); // deterministic
  }

  private static <T> Seq<T> seq(List<T> list) {
    return ScalaLists.of(list);
  }

  private static Expression expression(Column column) {
    try {
      return (Expression)
          (CONVERTER == null
              ? Column.class.getMethod("expr").invoke(column)
              : CONVERTER.getMethod("expression", Column.class).invoke(null, column));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a column could not be turned into an expression", e);
    }
  }

  private static Column column(Expression expression) {
    try {
      return (Column)
          (CONVERTER == null
              ? Column.class.getConstructor(Expression.class).newInstance(expression)
              : CONVERTER.getMethod("column", Expression.class).invoke(null, expression));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("an expression could not be turned into a column", e);
    }
  }

  private static Class<?> converter() {
    try {
      return Class.forName("org.apache.spark.sql.classic.ExpressionUtils");
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
