package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sizes of all modules' sources. Those that are larger are listed in {@code oversized.txt}, one a line; the list only
 * shrinks. A line names a file without its ending, a method as {@code Class.method}, or a record.
 */
class SizesTest {

    private static final int MAX_FILE_LINES = 300;
    private static final int MAX_METHOD_LINES = 60;
    private static final int MAX_COMPONENTS = 8;

    /** The kernels that hold one tile in vector registers, where a call would spill them. */
    private static final Set<String> REGISTER_KERNELS =
            Set.of("NarrowMicroKernel", "WideMicroKernel", "VectorKernels", "VectorRowSums");

    private static final String LIST = "oversized.txt";

    private static final Set<String> OVERSIZED = new TreeSet<>();

    @BeforeAll
    static void measure() throws IOException {
        OVERSIZED.addAll(oversized(SourceFiles.all()));
    }

    @Test
    void nothingNewIsOversized() throws IOException {
        assertThat(without(OVERSIZED, listed()))
                .as(
                        "files of more than %d lines, methods of more than %d, records of more than %d components:"
                                + " split them, do not list them",
                        MAX_FILE_LINES, MAX_METHOD_LINES, MAX_COMPONENTS)
                .isEmpty();
    }

    @Test
    void everyListedNameIsOversizedStill() throws IOException {
        assertThat(without(listed(), OVERSIZED))
                .as("lines of %s to remove: these are no longer too large", LIST)
                .isEmpty();
    }

    private static Set<String> without(Set<String> names, Set<String> others) {
        Set<String> left = new TreeSet<>(names);
        left.removeAll(others);
        return left;
    }

    @ParameterizedTest
    @CsvSource({"300,58,8,''", "301,58,8,file Sample", "300,59,8,method Sample.run", "300,58,9,record Sample.Of"})
    void sizesAreMeasuredToTheLine(int fileLines, int bodyLines, int components, String expected) throws IOException {
        String fields = Stream.iterate(0, n -> n + 1)
                .limit(components)
                .map(n -> "int c" + n)
                .collect(Collectors.joining(", "));
        String source = "class Sample {\n    /** Not counted. */\n    void run() {\n" + "        ;\n".repeat(bodyLines)
                + "    }\n    record Of(" + fields + ") {}\n";
        int lines = (int) source.lines().count();
        Path file = Files.createTempDirectory("sizes").resolve("Sample.java");
        Files.writeString(file, source + "\n".repeat(fileLines - lines - 1) + "}\n");
        assertThat(oversized(List.of(file))).isEqualTo(expected.isEmpty() ? Set.of() : Set.of(expected));
    }

    private static Set<String> listed() throws IOException {
        try (InputStream in = SizesTest.class.getResourceAsStream("/" + LIST)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> oversized(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            Set<String> found = new TreeSet<>();
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                String name =
                        Path.of(unit.getSourceFile().toUri()).getFileName().toString();
                String type = name.substring(0, name.length() - ".java".length());
                if (!REGISTER_KERNELS.contains(type)) {
                    if (unit.getSourceFile()
                                    .getCharContent(true)
                                    .toString()
                                    .lines()
                                    .count()
                            > MAX_FILE_LINES) {
                        found.add("file " + type);
                    }
                    new Measure(positions, unit, found).scan(unit, null);
                }
            }
            return found;
        }
    }

    /** Adds the methods and records of one file that are too large. */
    private static final class Measure extends TreePathScanner<Void, Void> {

        private final SourcePositions positions;
        private final CompilationUnitTree unit;
        private final Set<String> found;

        Measure(SourcePositions positions, CompilationUnitTree unit, Set<String> found) {
            this.positions = positions;
            this.unit = unit;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            LineMap lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long last = lines.getLineNumber(positions.getEndPosition(unit, method));
            if (last - first + 1 > MAX_METHOD_LINES) {
                found.add("method " + path() + "." + method.getName());
            }
            return super.visitMethod(method, nothing);
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (type.getKind() == Tree.Kind.RECORD
                    && type.getMembers().stream().filter(Measure::isComponent).count() > MAX_COMPONENTS) {
                found.add("record " + path());
            }
            return super.visitClass(type, nothing);
        }

        private static boolean isComponent(Tree member) {
            return member instanceof VariableTree field
                    && !field.getModifiers().getFlags().contains(Modifier.STATIC);
        }

        /** The names of the classes around the present tree, outermost first. */
        private String path() {
            StringBuilder path = new StringBuilder();
            for (Tree tree : getCurrentPath()) {
                if (tree instanceof ClassTree type && !type.getSimpleName().isEmpty()) {
                    path.insert(0, path.isEmpty() ? type.getSimpleName() : type.getSimpleName() + ".");
                }
            }
            return path.toString();
        }
    }
}
