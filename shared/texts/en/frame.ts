export const frame = {
  crashed: 'This window stopped working',
  crashedText: 'Your library is not affected. Show the window again to go on.',
  showAgain: 'Show the window again',
  sidebarWidth: 'Width of the sidebar',
  showSidebar: 'Show the sidebar',
  sidebar: 'Sidebar',
  libraryOf: (name: string) => `This is the library of ${name}.`,
};
