import java.io.ByteArrayOutputStream
import java.io.PrintStream
import kotlin.test.Test
import kotlin.test.assertContains

class ProgramTest {
    @Test
    fun theProgramPrintsTheModelsAnswer() {
        val usual = System.out
        val caught = ByteArrayOutputStream()
        System.setOut(PrintStream(caught, true))
        try {
            main()
        } finally {
            System.setOut(usual)
        }
        assertContains(caught.toString(), "Paris")
    }
}
