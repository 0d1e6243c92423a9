@echo off
rem Starts JWTrawl on a JDK 25 or newer.
setlocal EnableExtensions DisableDelayedExpansion
set "home=%~dp0.."
set "java_home="
set "build="

rem A package may bring its own.
call :consider "%home%\jre"
call :consider "%JAVA_HOME%"
rem Where java.exe on the PATH really is, two folders up.
if not defined java_home for %%J in (java.exe) do if not "%%~$PATH:J"=="" for %%B in ("%%~dp$PATH:J..") do call :consider "%%~fB"
if not defined java_home for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Amazon Corretto\*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Microsoft\*" "%USERPROFILE%\.jdks\*") do call :consider "%%~fD"
if not defined java_home (
  echo jwtrawl: needs a JDK 25 or newer: install one ^(Temurin, Corretto, Zulu^) or set JAVA_HOME 1>&2
  exit /b 2
)

rem --max-memory is for the JVM. What is no size, the program itself complains of.
set "heap="
set "take="
for %%A in (%*) do call :argument "%%~A"
if defined heap (echo %heap%| findstr /r /x /i "[1-9][0-9][0-9]*m [1-9]g [1-2][0-9]g 3[01]g" >nul || set "heap=")
if defined heap set "heap=-Xmx%heap%"

rem cmd cannot tell whether output goes to a console or to a file: whoever wants colours and a progress bar sets
rem JWTRAWL_TTY=yes.
set "tty=false"
if /i "%JWTRAWL_TTY%"=="yes" set "tty=true"

rem A cache of loaded and linked classes belongs to one build of the JDK; the JVM refuses any other.
set "cache="
if exist "%home%\lib\jwtrawl%build%.aot" set "cache=-Xlog:disable -Xlog:all=error:stderr -XX:AOTCache="%home%\lib\jwtrawl%build%.aot""

"%java_home%\bin\java.exe" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:MaxNewSize=32m -Djwtrawl.stdout.tty=%tty% -Djwtrawl.stderr.tty=%tty% %heap% %cache% -jar "%home%\lib\jwtrawl.jar" %*
exit /b %ERRORLEVEL%

:consider
if defined java_home exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "version=0"
set "found="
for /f "usebackq tokens=1,2 delims==" %%K in ("%~1\release") do (
  if "%%K"=="JAVA_VERSION" for /f "delims=.-+ " %%V in ("%%~L") do set "version=%%V"
  if "%%K"=="JAVA_RUNTIME_VERSION" call :append "%%~L"
  if "%%K"=="IMPLEMENTOR_VERSION" call :append "%%~L"
  if "%%K"=="OS_ARCH" call :append "%%~L"
)
if %version% geq 25 (
  set "java_home=%~1"
  set "build=%found%"
)
exit /b 0

:append
set "found=%found%-%~1"
exit /b 0

:argument
if defined take (
  set "heap=%~1"
  set "take="
  exit /b 0
)
if "%~1"=="--max-memory" set "take=yes"
exit /b 0
