; What the Windows installer and uninstaller do beyond copying files. Not yet run.

; A server that still runs out of the folder keeps its files from being replaced. Loci stops it when it closes;
; this waits for that, and then ends what is left below the folder of this installation, and nothing else.
!macro customCheckAppRunning
  nsExec::Exec `"$SYSDIR\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -NonInteractive -Command "$$ours = Get-Process Loci,postgres -ErrorAction SilentlyContinue | Where-Object { $$_.Path -like '$INSTDIR\*' }; $$ours | ForEach-Object { [void]$$_.CloseMainWindow() }; $$ours | Wait-Process -Timeout 20 -ErrorAction SilentlyContinue; $$ours | Where-Object { -not $$_.HasExited } | Stop-Process -Force"`
  Pop $0
!macroend

; The library stays unless the person says otherwise, and always during an update or without a person to ask.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    ; What Loci itself has left with Windows: who opens loci:// and an update that was downloaded.
    DeleteRegKey HKCU "Software\Classes\loci"
    RMDir /r "$LOCALAPPDATA\loci-updater"
    ${ifNot} ${Silent}
      StrCpy $R0 "Keep your library?$\r$\n$\r$\nEverything you wrote in Loci is in $LOCALAPPDATA\Loci. If you choose No, it is deleted for good."
      ${if} $LANGUAGE == 1031
        StrCpy $R0 "Bibliothek behalten?$\r$\n$\r$\nAlles, was du in Loci geschrieben hast, liegt in $LOCALAPPDATA\Loci. Mit Nein wird es endgültig gelöscht."
      ${endIf}
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON1 "$R0" IDYES keepLibrary
        RMDir /r "$LOCALAPPDATA\Loci"
      keepLibrary:
    ${endIf}
  ${endIf}
!macroend
