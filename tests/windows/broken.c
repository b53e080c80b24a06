/* A version of the counter that says which one it is, says that it starts, and dies. Its clock stands at 1970, so that
   nobody has to wait until it had time enough to come up. */
#include <stdio.h>
#include <wchar.h>

int wmain(int count, wchar_t **words)
{
    if (count > 1 && wcscmp(words[1], L"--version") == 0) {
        puts("counter-app " VERSION);
        return 0;
    }
    FILE *file = fopen("C:\\ProgramData\\Mot Cua\\counter\\talk\\started-" VERSION, "w");
    if (file) {
        fputs("0", file);
        fclose(file);
    }
    return 1;
}
