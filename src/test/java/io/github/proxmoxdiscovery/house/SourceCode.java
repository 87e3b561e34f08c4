package io.github.proxmoxdiscovery.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Java sources of the program, as the compiler parses them. */
final class SourceCode {

    /** @param lines between the braces of its body */
    record Method(String where, int lines) {}

    /** @param where file and name */
    record Type(String where, boolean isPublic, boolean hasDoc) {}

    final List<Method> methods = new ArrayList<>();
    final List<Type> types = new ArrayList<>();

    private SourceCode() {}

    static SourceCode of(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SourceCode found = new SourceCode();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                found.new Reader(trees, unit).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private final class Reader extends TreePathScanner<Void, Void> {

        private final Trees trees;
        private final CompilationUnitTree unit;

        Reader(Trees trees, CompilationUnitTree unit) {
            this.trees = trees;
            this.unit = unit;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            boolean named = !type.getSimpleName().isEmpty();
            if (named) {
                boolean isPublic = type.getModifiers().getFlags().contains(Modifier.PUBLIC);
                boolean hasDoc = trees.getDocComment(getCurrentPath()) != null;
                types.add(new Type(where(type.getSimpleName().toString()), isPublic, hasDoc));
            }
            return super.visitClass(type, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                long start = trees.getSourcePositions().getStartPosition(unit, method.getBody());
                long end = trees.getSourcePositions().getEndPosition(unit, method.getBody());
                long lines =
                        unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(start) - 1;
                methods.add(new Method(where(method.getName().toString()), (int) Math.max(0, lines)));
            }
            return super.visitMethod(method, nothing);
        }

        private String where(String name) {
            Path file = Path.of(unit.getSourceFile().toUri());
            return file.getParent().getFileName() + "/" + file.getFileName() + " " + name;
        }
    }
}
