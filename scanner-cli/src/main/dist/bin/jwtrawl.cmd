@echo off
rem Starts JWTrawl on a JDK 25 or newer.
setlocal
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -jar "%home%\lib\jwtrawl.jar" %*
exit /b %ERRORLEVEL%
